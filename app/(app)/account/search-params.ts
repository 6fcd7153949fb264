import { createLoader, parseAsString } from "nuqs/server";

/** Where to go on after setting up a second factor. */
export const loadReturn = createLoader({ callbackUrl: parseAsString });
