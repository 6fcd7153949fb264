/** The palette's size; the colours themselves are CSS variables with a light and a dark value. */
const HUES = 8;

export const chartHues: readonly string[] = Array.from({ length: HUES }, (_, index) => `var(--chart-${index + 1})`);
export const otherColor = "var(--chart-other)";
export const unattributedColor = "var(--chart-unattributed)";

/**
 * The colour of an entity wherever it appears: its place in `given` if the page gave it one, else the hue its key
 * hashes to. Keys are qualified ("project:proj_abc").
 */
export function colorForKey(key: string, given?: ReadonlyMap<string, string>): string {
  return given?.get(key) ?? hueAt(preferences(key)[0] ?? 0);
}

/**
 * Colours for entities shown together. Each keeps the colour given to it, or takes the first free hue of its own
 * preference; the outcome depends on the set of keys only, never on their order or amounts.
 */
export function assignColors(keys: Iterable<string>, given?: ReadonlyMap<string, string>): Map<string, string> {
  const uses = new Map<string, number>();
  const assigned = new Map<string, string>();
  const take = (key: string, color: string) => {
    assigned.set(key, color);
    uses.set(color, (uses.get(color) ?? 0) + 1);
  };
  const ordered = [...new Set(keys)].sort((a, b) => hash(a) - hash(b) || (a < b ? -1 : 1));
  for (const key of ordered) {
    const color = given?.get(key);
    if (color && !uses.has(color)) take(key, color);
  }
  for (const key of ordered) {
    if (!assigned.has(key)) take(key, leastUsed(key, uses));
  }
  return assigned;
}

/**
 * Colours for everything an organization has, most important first: the first eight never share one, so the same few
 * that lead every chart keep their colours from page to page.
 */
export function assignColorsByRank(keys: Iterable<string>): Map<string, string> {
  const uses = new Map<string, number>();
  const assigned = new Map<string, string>();
  for (const key of keys) {
    if (assigned.has(key)) continue;
    const color = leastUsed(key, uses);
    assigned.set(key, color);
    uses.set(color, (uses.get(color) ?? 0) + 1);
  }
  return assigned;
}

function leastUsed(key: string, uses: ReadonlyMap<string, number>): string {
  const wished = preferences(key).map(hueAt);
  const fewest = Math.min(...wished.map((hue) => uses.get(hue) ?? 0));
  return wished.find((hue) => (uses.get(hue) ?? 0) === fewest) ?? hueAt(0);
}

/** Every hue once, in an order of the key's own: an odd stride walks all eight. */
function preferences(key: string): number[] {
  const seed = hash(key);
  const stride = 1 + 2 * ((seed >>> 8) % (HUES / 2));
  return Array.from({ length: HUES }, (_, step) => (seed + step * stride) % HUES);
}

function hueAt(index: number): string {
  return chartHues[index] ?? otherColor;
}

/** FNV-1a with a final mix, 32 bit. Changing it would recolour every chart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
