/**
 * Keys of the provider, our own API tokens, and passwords in URLs. A password in a URL has its slashes encoded, and text inside JSON its quotes
 * escaped: neither is stepped over, so that a line of JSON stays one.
 */
const secretShapes = /\bsk-[A-Za-z0-9_-]{6,}|\btollkeeper_[A-Za-z0-9_-]{20,}|(?<=:\/\/[^:/@\s"\\]*:)[^@\s"/\\]+(?=@)/g;

/** Strips whatever looks like a key, a token or a password in a URL. */
export const redactText = (text: string) => text.replaceAll(secretShapes, "[redacted]");
