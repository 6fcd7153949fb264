/** A number literal that a double may not hold: 16 characters of digits and point or more, or an exponent. */
const riskyNumber = /[:,[]\s*-?\d(?:[\d.]{15}|[\d.]*[eE])/;

/**
 * Such a literal as the value of a key. A quote behind a word character is neither escaped nor the beginning of a text,
 * so the colon behind it stands between key and value, never inside of a text.
 */
const riskyValue = /(\w":\s*)(-?\d(?:[\d.]{15,}(?:[eE][+-]?\d+)?|[\d.]*[eE][+-]?\d+))/g;

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

/** Node's JSON.parse gives the reviver the source text of each primitive, which TypeScript does not know yet. */
const parse = JSON.parse as (text: string, reviver?: Reviver) => unknown;

/**
 * Parses JSON so that no number loses a digit: doubles keep 15 significant digits, so `String(value)` is exact for
 * short numbers, and long ones come back as their source text. Where quoting them is not enough, every number comes
 * as text, which takes several times as long because every value passes through JavaScript.
 */
export function parseExactJson(text: string): unknown {
  const quoted = text.replace(riskyValue, '$1"$2"');
  if (!riskyNumber.test(quoted)) return parse(quoted);
  return parse(text, (_key, value, { source }) => (typeof value === "number" && source ? source : value));
}
