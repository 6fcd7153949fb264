/** Lightness, chroma and hue in OKLCH; red, green and blue in linear sRGB; or a place in OKLab. */
export type Triple = readonly [number, number, number];

/** OKLCH to linear sRGB, after Björn Ottosson. */
export function toLinear([lightness, chroma, hue]: Triple): Triple {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Linear sRGB to OKLab. */
export function toLab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** WCAG contrast of two linear sRGB colours. */
export function contrast(a: Triple, b: Triple): number {
  const luminance = ([r, g, blue]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
  return Math.max(luminance(a), luminance(b)) / Math.min(luminance(a), luminance(b));
}

/** The OKLCH value of a custom property in one theme's block of the style sheet; dark falls back to light. */
export function readToken(css: string, theme: "light" | "dark", name: string): Triple {
  const [light = "", dark = ""] = css.split("\n.dark {");
  const pattern = new RegExp(`--${name}: (?:oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)|var\\(--([a-z-]+)\\));`);
  const found = (theme === "dark" ? pattern.exec(dark.split("\n}")[0] ?? "") : null) ?? pattern.exec(light);
  if (!found) throw new Error(`No token --${name}`);
  return found[4] ? readToken(css, theme, found[4]) : [Number(found[1]), Number(found[2]), Number(found[3])];
}
