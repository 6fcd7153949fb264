/** A piece of text in one font and one direction. */
export type Run = { text: string; font: string; isRightToLeft: boolean };

type Font = { id: string; has: (codePoint: number) => boolean };

/** What stands for a character that no font has. */
export const MISSING = "□";

// A pictogram with everything that only changes its look, and flags, is one character to the reader.
const PICTOGRAM =
  /(\p{Extended_Pictographic}(\p{EMod}|\uFE0F|\u20E3)*(\u200D\p{Extended_Pictographic}(\p{EMod}|\uFE0F)*)*|\p{RI}{2})/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}\uFE00-\uFE0F]/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;
const MARK = /\p{M}/u;
/** Within a number, and before or after one. Source: UAX #9, W4 and W5. */
const SEPARATOR = /[+\-.,:/]/u;
const TERMINATOR = /[%‰#\p{Sc}]/u;

/** Numbers read from the left and stand where a word of what is before them would; signs go with what surrounds them. */
type Kind = "left" | "right" | "number" | "sign";
type Piece = { text: string; font: string; kind: Kind };

/**
 * Text as runs in the order in which they are drawn, from left to right. Words of right-to-left scripts are runs of their own,
 * because a font lays out one word at a time; a text whose first letter is of such a script reads from the right as a whole.
 * Of the Unicode algorithm (UAX #9) these are the rules without nested directions, which names do not have.
 */
export function toRuns(text: string, fonts: readonly Font[]): Run[] {
  const visible = [...text.replaceAll(PICTOGRAM, MISSING).replaceAll(INVISIBLE, "")];
  const isBaseRightToLeft = RIGHT_TO_LEFT.test(visible.find((character) => LETTER.test(character)) ?? "");
  const pieces = splitWords(visible, kindsOf(visible, isBaseRightToLeft), fonts);
  const groups = groupByDirection(withSigns(pieces, isBaseRightToLeft));
  const ordered = isBaseRightToLeft ? groups.toReversed() : groups;
  return ordered.flatMap((group) => (group.isRightToLeft ? group.runs.toReversed() : group.runs));
}

/** Numbers after letters that are read from the left are words like these. */
function kindsOf(characters: readonly string[], isBaseRightToLeft: boolean): Kind[] {
  const kinds: Kind[] = [];
  let isAfterRight = isBaseRightToLeft;
  for (const [i, character] of characters.entries()) {
    const [before, next = ""] = [kinds[i - 1], characters[i + 1]];
    const kind = kindOf(character, { before, next });
    if (kind === "left" || kind === "right") isAfterRight = kind === "right";
    kinds.push(kind === "number" && !isAfterRight ? "left" : kind);
  }
  return kinds;
}

function kindOf(character: string, { before, next }: { before: Kind | undefined; next: string }): Kind {
  if (RIGHT_TO_LEFT.test(character)) return "right";
  if (LETTER.test(character)) return "left";
  if (DIGIT.test(character)) return "number";
  // A mark belongs to what it stands on.
  if (MARK.test(character)) return before ?? "sign";
  const isWithin = SEPARATOR.test(character) && before === "number" && DIGIT.test(next);
  const isBeside = TERMINATOR.test(character) && (before === "number" || DIGIT.test(next));
  return isWithin || isBeside ? "number" : "sign";
}

/** Pieces in one font and of one kind each. */
function splitWords(characters: readonly string[], kinds: readonly Kind[], fonts: readonly Font[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [i, character] of characters.entries()) {
    const font = fonts.find(({ has }) => has(character.codePointAt(0) ?? 0));
    const drawn = font ? character : MISSING;
    const id = font?.id ?? fonts.find(({ has }) => has(MISSING.codePointAt(0) ?? 0))?.id ?? fonts[0]?.id ?? "";
    const kind = kinds[i] ?? "sign";
    const last = pieces.at(-1);
    if (last?.font === id && last.kind === kind) last.text += drawn;
    else pieces.push({ text: drawn, font: id, kind });
  }
  return pieces;
}

/** Spaces and signs go the way of what surrounds them; between two ways, that of the whole. */
const withSigns = (pieces: readonly Piece[], isBaseRightToLeft: boolean): Run[] =>
  pieces.map(({ text, font, kind }, i) => {
    if (kind !== "sign") return { text, font, isRightToLeft: kind !== "left" };
    const before = directionOf(pieces.slice(0, i).findLast(isNoSign), isBaseRightToLeft);
    const after = directionOf(pieces.slice(i + 1).find(isNoSign), isBaseRightToLeft);
    const isRightToLeft = before === after ? before : isBaseRightToLeft;
    return { text: isRightToLeft ? mirrored(text) : text, font, isRightToLeft };
  });

const isNoSign = ({ kind }: Piece) => kind !== "sign";

const directionOf = (piece: Piece | undefined, isBaseRightToLeft: boolean) =>
  piece === undefined ? isBaseRightToLeft : piece.kind !== "left";

/** From the right, what opens looks like what closes, and the first sign is the last one drawn. */
const mirrored = (text: string) =>
  [...text]
    .map((sign) => MIRRORS.get(sign) ?? sign)
    .toReversed()
    .join("");

const MIRRORS = new Map(
  ["()", "[]", "{}", "<>", "«»"].flatMap(([a = "", b = ""]) => [[a, b] as const, [b, a] as const]),
);

function groupByDirection(runs: readonly Run[]) {
  const groups: { isRightToLeft: boolean; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last && last.isRightToLeft === run.isRightToLeft) last.runs.push(run);
    else groups.push({ isRightToLeft: run.isRightToLeft, runs: [run] });
  }
  return groups;
}
