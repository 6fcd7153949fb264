import { createLoader, parseAsInteger, parseAsString } from "nuqs/server";

/**
 * `link` goes along with signing in: it links the identity that a provider has named. `email` is what the form begins
 * with: the address that an invitation is for.
 */
export const loadCallback = createLoader({ callbackUrl: parseAsString, link: parseAsString, email: parseAsString });

/** Of the pages that mailed links open. */
export const loadToken = createLoader({ token: parseAsString, callbackUrl: parseAsString });

/** Of the page that a provider's sign-in leads to when a code is still to come. */
export const loadPending = createLoader({ pending: parseAsString, callbackUrl: parseAsString });

/** Of the page that leads to single sign-on: what its field begins with. */
export const loadSso = createLoader({ callbackUrl: parseAsString, hint: parseAsString });

/** Of the page that says why signing in at an identity provider did not work; `wait` in seconds. */
export const loadRefusal = createLoader({ callbackUrl: parseAsString, reason: parseAsString, wait: parseAsInteger });
