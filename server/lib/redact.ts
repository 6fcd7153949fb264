/**
 * Keys of the provider, and passwords in URLs. A password in a URL has its slashes encoded, and text inside JSON its quotes
 * escaped: neither is stepped over, so that a line of JSON stays one.
 */
const secretShapes = /\bsk-[A-Za-z0-9_-]{6,}|(?<=:\/\/[^:/@\s"\\]*:)[^@\s"/\\]+(?=@)/g;

/** Strips whatever looks like a provider key or a password in a URL. */
export const redactText = (text: string) => text.replaceAll(secretShapes, "[redacted]");
