import NextAuth, { CredentialsSignin, type NextAuthConfig, type User } from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { browserOf } from "@/server/auth/identities/browser";
import { endSession, SESSION_LIFETIME_DAYS, type SignInProof, startSession } from "@/server/auth/sessions";
import { type SignInStep, signIn } from "@/server/auth/sign-in";
import { env } from "@/server/env";
import { clientOf, noClient } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** What a provider hands over once somebody is signed in: without the proof no session starts. */
type SignedInUser = User & { proof?: SignInProof };

/**
 * Sign-in is next-auth's; whether a session still counts is ours: its cookie carries the id of a user_sessions row,
 * which server/auth/session reads on every request. Made anew for each request: a session begins with where the request
 * came from. Identity providers are added by server/auth/identities, one for each request that names one.
 */
export const authConfig = (request: Request | undefined): NextAuthConfig => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  session: { strategy: "jwt", maxAge: SESSION_LIFETIME_DAYS * 24 * 3600 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [ownProofs],
  callbacks: {
    jwt: async ({ token, user }) => (user ? startedSession(user, request) : token),
    session: ({ session, token }) => ({ ...session, sessionId: typeof token.sid === "string" ? token.sid : null }),
  },
  events: {
    signOut: async (message) => {
      if ("token" in message && typeof message.token?.sid === "string") await endSession(message.token.sid);
    },
  },
  logger: {
    error: (error) => {
      if (!(error instanceof CredentialsSignin)) logger().error({ err: error }, "next-auth");
    },
    warn: () => {},
    debug: () => {},
  },
});

/** Passwords, mailed links and codes of the second factor. */
const ownProofs = Credentials({
  credentials: {},
  authorize: async (credentials, request) => {
    const step = await signIn(credentials, clientOf(request.headers), browserOf(request.headers)).catch(refuse);
    return toUser(step);
  },
});

function toUser(step: SignInStep): SignedInUser {
  if (step.kind === "second_factor") throw new SignInRefusal(`second_factor.${step.pendingToken}`);
  return signedInUser(step);
}

/** Whose session starts, by next-auth's `user`. */
export const signedInUser = ({ account, proof }: Extract<SignInStep, { kind: "signed_in" }>): SignedInUser => ({
  id: account.id,
  email: account.email,
  name: account.name,
  proof,
});

/** Carries what the sign-in form has to know, in the answer's address: a reason, and what belongs to it. */
class SignInRefusal extends CredentialsSignin {
  constructor(code: string) {
    super();
    this.code = code;
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof AppError) || error.code === "internal") throw error;
  const { reason, retryAfterSeconds } = error;
  throw new SignInRefusal(retryAfterSeconds === null ? reason : `${reason}.${retryAfterSeconds}`);
}

/** The cookie's content for somebody who has just signed in; nothing that was in it before. */
async function startedSession({ id, email, proof }: SignedInUser, request: Request | undefined) {
  if (!id || !email || !proof) return null;
  const sid = await startSession({
    account: { id, email },
    proof,
    client: request ? clientOf(request.headers) : noClient,
    previousSessionId: request ? await sessionIdOf(request.headers) : null,
  });
  return { sub: id, sid };
}

const COOKIE_NAME = "authjs.session-token";

/** The session in a request's cookie, plain or of https, whether or not it still counts. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  for (const cookieName of [`__Secure-${COOKIE_NAME}`, COOKIE_NAME]) {
    const token = await getToken({ req: { headers }, secret: env().AUTH_SECRET, cookieName });
    if (typeof token?.sid === "string") return token.sid;
  }
  return null;
}

export const { handlers, auth, signOut } = NextAuth(authConfig);
