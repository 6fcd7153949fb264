let isUnderWay = false;

/** True from the moment that somebody asks to be signed out: refusals of what the page still asks are no news then. */
export const isSigningOut = () => isUnderWay;

/** Does `signOut`; if it fails, the page goes on as one that is signed in. */
export async function whileSigningOut(signOut: () => Promise<void>): Promise<void> {
  isUnderWay = true;
  try {
    await signOut();
  } catch (error) {
    isUnderWay = false;
    throw error;
  }
}
