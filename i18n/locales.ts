/** The languages there are message files for; the first is the fallback. */
export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

/** Holds the language a person chose; set by the language switch, read on the server. */
export const LOCALE_COOKIE = "tollkeeper-locale";

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/** The first of our languages that an Accept-Language header asks for, by weight; English when there is none. */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.find((parameter) => parameter.trim().startsWith("q="));
      const quality = weight ? Number.parseFloat(weight.trim().slice(2)) : 1;
      return { language: tag.trim().toLowerCase().split("-")[0], quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted.map(({ language }) => language).find(isLocale) ?? locales[0];
}
