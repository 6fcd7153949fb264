import bidiFactory from "bidi-js";

/** Characters in one font, in the order in which the library that draws wants them. */
export type Run = { text: string; font: string };

type Font = { id: string; has: (codePoint: number) => boolean };

/** What stands for a character that no font has. */
export const MISSING = "□";

/** What a reader takes for one character: a letter with its marks, a pictogram with what changes its look. */
type Cluster = {
  /** Empty for what only says how others are drawn. */
  text: string;
  font: string;
  /** What the order goes by; one UTF-16 unit. */
  sign: string;
};

const bidi = bidiFactory();
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/u;
const PICTOGRAM = /\p{Extended_Pictographic}|\p{RI}/u;
/** What the library that draws lays out from the right by itself, digits of Arabic among it. */
const FROM_RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\u0660-\u0669]/u;
/** Goes the way of what surrounds it, as pictograms do, which bidi-js does not know: they take two units. */
const NEUTRAL = "\uFFFC";

/**
 * Text as runs in the order in which they are drawn, from left to right, by the Unicode algorithm (UAX #9): a text whose
 * first letter is read from the right is read so as a whole. Fonts that come first are preferred.
 */
export function toRuns(text: string, fonts: readonly Font[]): Run[] {
  const clusters = clustersOf(text.normalize("NFC").replaceAll(BREAK, ""), fonts);
  const line = clusters.map(({ sign }) => sign).join("");
  const embedding = bidi.getEmbeddingLevels(line);
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const turned = clusters.map((cluster, i) => ({ ...cluster, text: mirrored.get(i) ?? cluster.text }));
  const drawn = bidi.getReorderedIndices(line, embedding).flatMap((i) => turned[i] ?? []);
  return byFont(drawn.filter((cluster) => cluster.text !== "")).map(toRun);
}

function byFont(clusters: readonly Cluster[]): Cluster[][] {
  const groups: Cluster[][] = [];
  for (const cluster of clusters) {
    const last = groups.at(-1);
    if (last?.[0]?.font === cluster.font) last.push(cluster);
    else groups.push([cluster]);
  }
  return groups;
}

/** What the library turns round is handed over the other way round, so that both together are the order drawn. */
function toRun(clusters: readonly Cluster[]): Run {
  const isTurned = clusters.some(({ text }) => FROM_RIGHT.test(text));
  const texts = clusters.map(({ text }) => text);
  return { text: (isTurned ? texts.toReversed() : texts).join(""), font: clusters[0]?.font ?? "" };
}

/** What a reader takes for single characters. */
export const charactersOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** What no font has as a whole is taken apart, but for pictograms, which are one box. */
const clustersOf = (text: string, fonts: readonly Font[]): Cluster[] =>
  charactersOf(text).flatMap((character) => {
    const whole = clusterOf(character, fonts);
    if (whole) return whole;
    const parts = PICTOGRAM.test(character) ? [character] : [...character];
    return parts.map((part) => clusterOf(part, fonts) ?? box(part, fonts));
  });

/** Null where no font has all that is seen of it. */
function clusterOf(character: string, fonts: readonly Font[]): Cluster | null {
  const parts = [...character];
  const seen = parts.filter((part) => !INVISIBLE.test(part));
  const font = fonts.find(({ has }) => seen.every((part) => has(codePointOf(part))));
  if (!font) return null;
  const drawn = parts.filter((part) => font.has(codePointOf(part)));
  return { text: seen.length > 0 ? drawn.join("") : "", font: font.id, sign: signOf(character) };
}

function box(part: string, fonts: readonly Font[]): Cluster {
  const font = fonts.find(({ has }) => has(codePointOf(MISSING)));
  return { text: MISSING, font: font?.id ?? "", sign: signOf(part) };
}

const signOf = (character: string) => (codePointOf(character) > 0xff_ff ? NEUTRAL : character.charAt(0));

const codePointOf = (character: string) => character.codePointAt(0) ?? 0;
