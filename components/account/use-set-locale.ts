"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { LOCALE_COOKIE, type Locale } from "@/i18n/locales";

const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/** Remembers the language in a cookie and has the server write the page anew. */
export function useSetLocale() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const setLocale = (locale: Locale) => {
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
    startTransition(() => router.refresh());
  };
  return { setLocale, isPending };
}
