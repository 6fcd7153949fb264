import { createLoader, parseAsString } from "nuqs/server";

/** Where to go on after setting up a second factor. */
export const loadReturn = createLoader({ callbackUrl: parseAsString });

/** What came back from an identity provider, and where to go on once it is linked. */
export const loadLink = createLoader({ token: parseAsString, callbackUrl: parseAsString });
