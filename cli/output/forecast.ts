import { renderTable } from "@/cli/output/table";
import { BAND_DAYS, LEAST_DAYS } from "@/server/forecasts/constants";
import type { ForecastResult } from "@/server/forecasts/schema";

/** A forecast for people: what is spent, what is expected, and how sure that is. */
export function forecastToText(result: ForecastResult): string {
  const { range, quality, freshness } = result;
  const table = renderTable(
    [{ title: `${range.from} to ${range.to} (${result.timezone})` }, { title: "cost", align: "decimal" }],
    [
      ["so far", result.soFar],
      ["expected in all", result.expected],
      ...(quality === "enough" ? [["at least", result.low] as const, ["at most", result.high] as const] : []),
      ["period before", result.previousTotal],
    ],
  );
  const lines = [remarks[quality](result.historyDays)];
  if (result.gapDays > 0) lines.push(`${result.gapDays} past days are not known completely and are estimated.`);
  lines.push(freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely.");
  return `${table}\n\n${lines.join("\n")}`;
}

const remarks: Record<ForecastResult["quality"], (days: number) => string> = {
  none: (days) => `${days} known days are too few for a forecast: it takes ${LEAST_DAYS}.`,
  short: (days) => `Rough: ${days} known days are too few for weekdays and a band; it takes ${BAND_DAYS}.`,
  enough: (days) => `Eight of ten such periods end within the band. Rests on ${days} known days.`,
};
