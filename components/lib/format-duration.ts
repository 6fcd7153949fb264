import { numberFormat } from "@/components/lib/intl-cache";

const unit = (amount: number, name: "second" | "minute" | "hour", locale: string) =>
  numberFormat(locale, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 0 }).format(amount);

/** How long something took or will take, as coarse as it is useful: "40 sec", "3 min", "1 hr 20 min". */
export function formatDuration(seconds: number, locale: string): string {
  if (seconds < 60) return unit(Math.max(0, Math.ceil(seconds)), "second", locale);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, "minute", locale);
  const rest = minutes % 60;
  const hours = unit(Math.floor(minutes / 60), "hour", locale);
  return rest === 0 ? hours : `${hours} ${unit(rest, "minute", locale)}`;
}
