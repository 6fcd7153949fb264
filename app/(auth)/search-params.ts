import { createLoader, parseAsString } from "nuqs/server";

export const loadCallback = createLoader({ callbackUrl: parseAsString });
