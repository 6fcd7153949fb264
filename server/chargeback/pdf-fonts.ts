import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { woffToSfnt } from "@/server/chargeback/woff";

// Fonts of the Noto family, each with the characters of some scripts. What none of them has (colour emoji, rarer scripts) is
// drawn as a box: a document names things, it need not look like a chat.

const packages = [
  {
    name: "noto-sans",
    subsets: ["latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "devanagari"],
  },
  { name: "noto-sans-hebrew", subsets: ["hebrew"] },
  { name: "noto-sans-arabic", subsets: ["arabic", "symbols"] },
  { name: "noto-sans-kr", subsets: ["korean"] },
] as const;

export type PdfFont = { id: string; has: (codePoint: number) => boolean; data: (weight: 400 | 600) => Buffer };

/** Where the packages are: the program may be bundled, and be run from anywhere. */
function fontFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const candidates = [process.cwd(), path.join(here, "..", "..")].map((root) =>
    path.join(root, "node_modules", "@fontsource"),
  );
  const found = candidates.find((folder) => fs.existsSync(folder));
  if (!found) throw new Error("the fonts of documents are not installed");
  return found;
}

let loaded: PdfFont[] | undefined;

/** All fonts, those of the commonest scripts first. */
export function pdfFonts(): PdfFont[] {
  loaded ??= loadFonts(fontFolder());
  return loaded;
}

const loadFonts = (folder: string): PdfFont[] =>
  packages.flatMap(({ name, subsets }) => {
    const ranges = JSON.parse(fs.readFileSync(path.join(folder, name, "unicode.json"), "utf8")) as Record<
      string,
      string
    >;
    return subsets.map((subset): PdfFont => {
      const file = (weight: number) => path.join(folder, name, "files", `${name}-${subset}-${weight}-normal.woff`);
      return {
        id: `${name}-${subset}`,
        has: isWithin(rangesOf(ranges, subset)),
        data: (weight) => woffToSfnt(fs.readFileSync(file(weight))),
      };
    });
  });

/** The Korean font is listed in numbered slices for browsers; its file is whole. */
const rangesOf = (ranges: Record<string, string>, subset: string) =>
  ranges[subset] ??
  Object.entries(ranges)
    .flatMap(([slice, text]) => (slice.startsWith("[") ? [text] : []))
    .join(",");

/** Of "U+0000-00FF,U+0131". */
function isWithin(text: string): PdfFont["has"] {
  const ranges = text.split(",").map((range) => {
    const [from = "", to = from] = range.trim().slice(2).split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  const known = new Map<number, boolean>();
  return (codePoint) => {
    const found = known.get(codePoint) ?? ranges.some(([from, to]) => from <= codePoint && codePoint <= to);
    known.set(codePoint, found);
    return found;
  };
}
