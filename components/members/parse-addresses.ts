const separators = /[\n\r,;\t]+/;

/**
 * What was typed, pasted or read from a CSV file, cut into addresses: "Ada <ada@example.com>" and quoted fields are
 * understood, fields of other columns are left out. A line without anything like an address is kept, to be told about.
 */
export function parseAddresses(text: string): string[] {
  return text
    .split(/[\n\r]+/)
    .flatMap((line, index) => parseLine(line, index))
    .filter((address, index, all) => all.indexOf(address) === index);
}

function parseLine(line: string, index: number): string[] {
  const fields = line.split(separators).map(unwrap).filter(Boolean);
  const addresses = fields.filter((field) => field.includes("@"));
  if (addresses.length > 0) return addresses;
  const isHeader = index === 0 && fields.length > 0 && fields.some((field) => /^(e-?mail|address|이메일)/i.test(field));
  return isHeader || fields.length === 0 ? [] : [fields.join(" ")];
}

/** The address of `"Ada" <ada@example.com>`, or the field without its quotes. */
function unwrap(field: string): string {
  const inAngles = /<([^<>]*)>/.exec(field)?.[1];
  return (inAngles ?? field)
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
}
