// What the screen and the server say alike about allocation, without the library that checks schemas.

/** As clouds have them: letters, digits and a few signs, no "=". */
export const TAG_KEY = /^[\p{L}\p{N}][\p{L}\p{N} _.:/-]*$/u;
export const MAX_TAG_KEY_LENGTH = 60;

export const isTagKey = (text: string) => text.length <= MAX_TAG_KEY_LENGTH && TAG_KEY.test(text);

/** What a cost center's charges are broken down by. */
export const chargeParts = ["project", "line_item"] as const;
export type ChargePart = (typeof chargeParts)[number];

/** Of a file of assignments, in whatever order; without shares a cost center bears all. */
export const uploadColumns = ["kind", "id", "dimension", "value", "from", "share"] as const;
export type UploadColumn = (typeof uploadColumns)[number];
/** What says in the column "dimension" that the value is a cost center; anything else is a tag. */
export const COST_CENTER_DIMENSION = "cost_center";
/** Each is a change with an entry in the audit log. */
export const MAX_UPLOAD_ROWS = 2_000;
export const MAX_UPLOAD_CHARACTERS = 400_000;

/** Why a line cannot be meant; the message files have a sentence for each. */
export const uploadProblems = [
  "broken",
  "header",
  "too_many",
  "columns",
  "kind",
  "id",
  "unknown_item",
  "dimension",
  "value",
  "cost_center",
  "from",
  "share",
  "over",
  "twice",
] as const;
