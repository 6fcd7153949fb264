import { createHash } from "node:crypto";
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from "@/i18n/locales";

/** Of next-auth, by the prefixes that it gives them over https. */
const csrfCookies = ["__Host-authjs.csrf-token", "authjs.csrf-token"];
const callbackCookies = ["__Secure-authjs.callback-url", "authjs.callback-url"];

/**
 * Tells browsers apart: by the cookie that next-auth gives each of them before anything is posted, and that no page and no
 * other site can read or set. Null for one without.
 */
export function browserOf(headers: Headers): string | null {
  const value = cookieOf(headers, csrfCookies);
  return value === null ? null : createHash("sha256").update(value).digest("base64url");
}

/** Where somebody wanted to go when they began to sign in: a path, whatever else stands in the cookie. */
export function callbackPathOf(headers: Headers): string {
  const value = decoded(cookieOf(headers, callbackCookies) ?? "");
  if (!URL.canParse(value)) return "/";
  const { pathname, search } = new URL(value);
  return pathname + search;
}

/** Nothing for what a browser of ours never sends. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** The language that the pages are read in. */
export function localeOf(headers: Headers): Locale {
  const chosen = cookieOf(headers, [LOCALE_COOKIE]);
  return isLocale(chosen) ? chosen : negotiateLocale(headers.get("accept-language"));
}

function cookieOf(headers: Headers, names: readonly string[]): string | null {
  const pairs = (headers.get("cookie") ?? "").split("; ").map((pair) => pair.split(/=(.*)/s));
  return names.map((name) => pairs.find(([given]) => given === name)?.[1]).find(Boolean) ?? null;
}
