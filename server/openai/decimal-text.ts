/** As JSON and spreadsheets write numbers: "1", "1.5", ".5", "5.", "1e-7". */
const decimalShape = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/;
/** What most amounts are already, but for zeros at their end. */
const plainShape = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** Far beyond any amount; keeps "1e9999" from becoming a text of ten thousand digits. */
const longestText = 400;

/**
 * A number or numeric text in plain decimal notation, every digit kept: 1e-7 -> "0.0000001", "007.50" -> "7.5".
 * Redundant zeros are dropped, so that equal amounts have equal texts. Null for anything that is not a finite number.
 */
export function toDecimalText(value: unknown): string | null {
  if (typeof value !== "number" && typeof value !== "string") return null;
  const given = String(value);
  if (given.length <= longestText && plainShape.test(given)) return withoutLastZeros(given);
  const match = decimalShape.exec(given.trim());
  if (!match) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (digits.length + Math.abs(Number(exponent)) > longestText) return null;
  const padded = point > 0 ? digits.padEnd(point, "0") : "0".repeat(1 - point) + digits;
  const split = Math.max(point, 1);
  const integer = padded.slice(0, split).replace(/^0+(?=\d)/, "");
  const decimals = padded.slice(split).replace(/0+$/, "");
  const text = decimals === "" ? integer : `${integer}.${decimals}`;
  return sign === "-" && text !== "0" ? `-${text}` : text;
}

/** Of a fraction, and the point where nothing is left of it. */
function withoutLastZeros(text: string): string {
  if (!text.includes(".")) return text;
  let end = text.length;
  while (text[end - 1] === "0") end--;
  return text.slice(0, text[end - 1] === "." ? end - 1 : end);
}
