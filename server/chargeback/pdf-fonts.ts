import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { create } from "fontkit";
import { woffToSfnt } from "@/server/chargeback/woff";

// Fonts of the Noto family, each with the characters of some scripts; the first one that has a character draws it.

const fontFiles = [
  {
    name: "noto-sans",
    subsets: ["latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "devanagari"],
  },
  { name: "noto-sans-hebrew", subsets: ["hebrew"] },
  { name: "noto-sans-arabic", subsets: ["arabic"] },
  { name: "noto-sans-kr", subsets: ["korean"] },
  // What Korean writing uses beside its own: symbols, Chinese characters, kana. Their file for each some hundred characters.
  { name: "noto-sans-kr", subsets: "slices" },
  // Outlines without colour.
  { name: "noto-emoji", subsets: ["emoji"] },
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
  loaded ??= listFonts(fontFolder());
  return loaded;
}

const listFonts = (folder: string): PdfFont[] =>
  fontFiles.flatMap(({ name, subsets }) => {
    const listed: Ranges = JSON.parse(fs.readFileSync(path.join(folder, name, "unicode.json"), "utf8"));
    const sliced = Object.keys(listed).filter((key) => key.startsWith("["));
    return (subsets === "slices" ? sliced.map((key) => key.slice(1, -1)) : subsets).map((subset): PdfFont => {
      const file = (weight: number) => path.join(folder, name, "files", `${name}-${subset}-${weight}-normal.woff`);
      const data: PdfFont["data"] = (weight) => woffToSfnt(fs.readFileSync(file(weight)));
      // A whole file is listed by the slices that browsers load of it.
      const ranges = listed[subset] ?? listed[`[${subset}]`] ?? sliced.map((key) => listed[key]).join(",");
      return { id: `${name}-${subset}`, has: hasGlyph(ranges, () => data(400)), data };
    });
  });

/** Ranges of code points ("U+0000-00FF,U+0131") by the name of a subset. */
type Ranges = Partial<Record<string, string>>;

/** Lists promise more than is in the files, so a file is looked into as soon as its list has a character. */
function hasGlyph(listed: string, data: () => Buffer): PdfFont["has"] {
  const ranges = listed.split(",").map((range) => {
    const [from = "", to = from] = range.trim().slice(2).split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
  const known = new Map<number, boolean>();
  let glyphs: ReadonlySet<number> | undefined;
  const look = (codePoint: number) => {
    if (!ranges.some(([from, to]) => from <= codePoint && codePoint <= to)) return false;
    glyphs ??= codePointsOf(data());
    return glyphs.has(codePoint);
  };
  return (codePoint) => {
    const found = known.get(codePoint) ?? look(codePoint);
    known.set(codePoint, found);
    return found;
  };
}

function codePointsOf(data: Buffer): ReadonlySet<number> {
  const font = create(data);
  if (!("characterSet" in font)) throw new Error("a collection of fonts");
  return new Set(font.characterSet);
}
