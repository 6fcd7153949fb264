import { z } from "zod";
import { addDays, dayInZone } from "@/components/lib/date-range";
import { type Day, dayToDate } from "@/components/lib/format-date";
import { startOfDay } from "@/components/lib/zone-day";
import {
  AddressRange,
  type CreateTokenInput,
  DEFAULT_TOKEN_DAYS,
  MAX_TOKEN_DAYS,
  TokenName,
  tokenScopes,
} from "@/server/tokens/schema";

/** Days from now, a day that is chosen, or until it is revoked. */
export const expiryChoices = ["7", "30", `${DEFAULT_TOKEN_DAYS}`, "365", "day", "never"] as const;

const MAX_ADDRESSES = 50;

/** What was typed, cut at commas, spaces and lines. */
const wordsOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

/** The first of what was typed that is neither an address nor a range; null when all are. */
export const wrongAddress = (text: string): string | null =>
  wordsOf(text).find((word) => !AddressRange.safeParse(word).success) ?? null;

/** The days on which a token may end, in the organization's zone; it works until the day is over. */
export function expiryDays(timeZone: string, now: number): { first: Day; last: Day } {
  const today = dayInZone(timeZone, now);
  return { first: today, last: addDays(today, MAX_TOKEN_DAYS - 1) };
}

/** The form as it is filled in; days are those of the zone. */
export const tokenForm = (timeZone: string) =>
  z
    .object({
      name: TokenName,
      scopes: z.array(z.enum(tokenScopes)).min(1),
      expires: z.enum(expiryChoices),
      day: z.string(),
      addresses: z
        .string()
        .refine((text) => wrongAddress(text) === null && wordsOf(text).length <= MAX_ADDRESSES, "not addresses"),
    })
    .refine(({ expires, day }) => expires !== "day" || isWithin(day, expiryDays(timeZone, Date.now())), {
      path: ["day"],
    });
export type TokenForm = z.infer<ReturnType<typeof tokenForm>>;

const isWithin = (day: string, { first, last }: { first: Day; last: Day }) =>
  dayToDate(day) !== null && day >= first && day <= last;

/** What the form asks for, at a moment in milliseconds. */
export function toOrder(form: TokenForm, timeZone: string, now = Date.now()): z.input<typeof CreateTokenInput> {
  const { name, scopes, addresses } = form;
  return { name, scopes, allowedIps: wordsOf(addresses), expiresAt: expiryOf(form, timeZone, now) };
}

/** ISO instant; null for a token without end. */
export function expiryOf({ expires, day }: Pick<TokenForm, "expires" | "day">, timeZone: string, now: number) {
  if (expires === "never") return null;
  if (expires === "day") return startOfDay(addDays(day, 1), timeZone);
  return new Date(now + Number(expires) * 86_400_000).toISOString();
}
