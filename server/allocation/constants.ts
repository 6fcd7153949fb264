// What the screen and the server say alike about allocation, without the library that checks schemas.

/** As clouds have them: letters, digits and a few signs, no "=". */
export const TAG_KEY = /^[\p{L}\p{N}][\p{L}\p{N} _.:/-]*$/u;
export const MAX_TAG_KEY_LENGTH = 60;

export const isTagKey = (text: string) => text.length <= MAX_TAG_KEY_LENGTH && TAG_KEY.test(text);

/** What a cost center's charges are broken down by. */
export const chargeParts = ["project", "line_item"] as const;
export type ChargePart = (typeof chargeParts)[number];
