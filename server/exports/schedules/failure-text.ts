import { createTranslator } from "use-intl/core";
import type { Locale } from "@/i18n/locales";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";
import type { ExportFailure } from "@/server/exports/constants";

const messages: Record<Locale, typeof en> = { en, ko };

/** Why an export failed, in a sentence. Pure. */
export const failureText = (code: ExportFailure, locale: Locale): string =>
  createTranslator({ locale, messages: messages[locale], namespace: "exports.failure" })(code);
