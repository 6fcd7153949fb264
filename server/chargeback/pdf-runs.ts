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
const LEFT_TO_RIGHT = /[\p{L}\p{N}]/u;

/**
 * Text as runs in the order in which they are drawn, from left to right. Words of right-to-left scripts are runs of their own,
 * because a font lays out one word at a time; a text that begins in such a script reads from the right as a whole.
 * Numbers and brackets within are ordered as words are, which is less than the Unicode algorithm and enough for names.
 */
export function toRuns(text: string, fonts: readonly Font[]): Run[] {
  const pieces = splitWords(text.replaceAll(PICTOGRAM, MISSING).replaceAll(INVISIBLE, ""), fonts);
  const isBaseRightToLeft = pieces.find(({ text: own }) => isStrong(own))?.isRightToLeft ?? false;
  const groups = groupByDirection(withNeutrals(pieces, isBaseRightToLeft));
  const ordered = isBaseRightToLeft ? groups.toReversed() : groups;
  return ordered.flatMap((group) => (group.isRightToLeft ? group.runs.toReversed() : group.runs));
}

/** Pieces in one font each; what has no direction of its own is a piece of its own. */
function splitWords(text: string, fonts: readonly Font[]): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const font = fonts.find(({ has }) => has(character.codePointAt(0) ?? 0));
    const drawn = font ? character : MISSING;
    const id = font?.id ?? fonts.find(({ has }) => has(MISSING.codePointAt(0) ?? 0))?.id ?? fonts[0]?.id ?? "";
    const isRightToLeft = RIGHT_TO_LEFT.test(character);
    const last = runs.at(-1);
    const continues =
      last && last.font === id && last.isRightToLeft === isRightToLeft && isStrong(character) === isStrong(last.text);
    if (continues) last.text += drawn;
    else runs.push({ text: drawn, font: id, isRightToLeft });
  }
  return runs;
}

const isStrong = (text: string) => RIGHT_TO_LEFT.test(text) || LEFT_TO_RIGHT.test(text);

/** Spaces and signs go the way of what surrounds them; between two ways, that of the whole. */
const withNeutrals = (pieces: readonly Run[], isBaseRightToLeft: boolean): Run[] =>
  pieces.map((piece, i) => {
    if (isStrong(piece.text)) return piece;
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const isSurrounded = before?.isRightToLeft === after?.isRightToLeft;
    const isRightToLeft = isSurrounded && before ? before.isRightToLeft : isBaseRightToLeft;
    return { ...piece, text: isRightToLeft ? mirrored(piece.text) : piece.text, isRightToLeft };
  });

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
