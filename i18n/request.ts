import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from "@/i18n/locales";

const messagesOf = {
  en: () => import("@/messages/en.json"),
  ko: () => import("@/messages/ko.json"),
} satisfies Record<Locale, () => Promise<unknown>>;

/** The language a person chose, else the one the browser asks for. */
async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  return isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  // UTC until an org's layout says otherwise, so that server and browser write the same dates.
  return { locale, timeZone: "UTC", messages: (await messagesOf[locale]()).default };
});
