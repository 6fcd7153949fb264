import { secondsPerDay } from "../clock";
import { type Money, parseMoney } from "../money";
import type { Organization } from "../org/types";
import { callsUntil, endOf, partAt, planDay } from "./cells";
import { endpoints, usageEndpoints } from "./endpoints";
import { extraEntries, restateEntries } from "./cost-adjustments";
import { embeddingLines, type PricedPart, tokenLines } from "./models";
import type { Series } from "./series";

export interface CostDimensions {
  project_id: string | null;
  user_id: string | null;
  api_key_id: string | null;
  line_item: string;
  api_source: string | null;
}

export interface CostEntry extends CostDimensions {
  value: Money;
  currency: string;
  quantity: number;
  unit: string | null;
}

/** The bill of one UTC day up to `now`, one entry per priced part of a series. The same entries feed every grouping. */
export function costsOfDay(org: Organization, day: number, now: number): CostEntry[] {
  if (day < org.firstDay || day * secondsPerDay >= now) return [];
  const entries: CostEntry[] = [];
  for (const endpoint of usageEndpoints) {
    const { partCount } = endpoints[endpoint];
    const series = seriesOf(org, endpoint);
    const isWhole = (day + 1) * secondsPerDay <= now && org.stoppedKeys.size === 0;
    const plan = planDay(org, endpoint, day, series, !isWhole);
    for (let index = 0; index < series.length; index += 1) {
      const item = series[index];
      const calls = plan.totals[index * partCount] ?? 0;
      if (!item || calls === 0) continue;
      const seen = isWhole ? calls : callsUntil(plan, index, endOf(org, item, now) - day * secondsPerDay);
      if (seen === 0) continue;
      for (const line of linesOf(item)) {
        const amount = partAt(plan.totals[index * partCount + line.part] ?? 0, seen, calls);
        if (amount > 0) entries.push(toEntry(item, line, amount));
      }
    }
  }
  entries.push(...extraEntries(org, day));
  return restateEntries(org, day, entries);
}

function toEntry(series: Series, line: PricedPart, amount: number): CostEntry {
  const { project_id, user_id, api_key_id, api_source } = series.dimensions;
  const dimensions = { project_id, user_id, api_key_id, line_item: line.lineItem, api_source };
  const quantity = line.unit === "gibibyte_hours" ? (amount * 24) / gibibyte : amount;
  return { ...dimensions, value: BigInt(amount) * line.price, currency: "usd", quantity, unit: line.unit };
}

const gibibyte = 1_073_741_824;
const perThousand = (dollars: string): Money => parseMoney(dollars) / 1000n;
const imagePrices: Readonly<Record<string, string>> = {
  "1024x1024": "0.04",
  "1024x1792": "0.06",
  "512x512": "0.018",
  "256x256": "0.016",
};

const seriesByEndpoint = new WeakMap<readonly Series[], Map<string, Series[]>>();

function seriesOf(org: Organization, endpoint: string): readonly Series[] {
  let index = seriesByEndpoint.get(org.series);
  if (!index) {
    index = new Map(usageEndpoints.map((name) => [name, org.series.filter((item) => item.endpoint === name)]));
    seriesByEndpoint.set(org.series, index);
  }
  return index.get(endpoint) ?? [];
}

const linesBySeries = new WeakMap<Series, PricedPart[]>();

function linesOf(series: Series): PricedPart[] {
  let lines = linesBySeries.get(series);
  if (!lines) {
    lines = priceSeries(series);
    linesBySeries.set(series, lines);
  }
  return lines;
}

function priceSeries(series: Series): PricedPart[] {
  const { model, batch, service_tier: tier, size } = series.dimensions;
  const single = (part: number, price: Money, lineItem: string, unit: string | null): PricedPart[] => [
    { part, price, lineItem, unit },
  ];
  switch (series.endpoint) {
    case "completions":
      return tokenLines(model ?? "gpt-4o-mini-2024-07-18", {
        numerator: tier === "priority" ? 2n : 1n,
        denominator: batch === true || tier === "flex" ? 2n : 1n,
      });
    case "decisions":
      return tokenLines(model ?? "gpt-6-luna", { numerator: 1n, denominator: 1n }).slice(0, 1);
    case "embeddings":
      return embeddingLines(model ?? "text-embedding-3-small");
    case "images":
      return single(1, parseMoney(imagePrices[size ?? ""] ?? "0.04"), "Image models", "images");
    case "audio_speeches":
      return single(1, parseMoney("0.000015"), "tts", "characters");
    case "audio_transcriptions":
      return single(1, parseMoney("0.0001"), "whisper", "duration_seconds");
    case "vector_stores":
      return single(0, parseMoney("0.1") / BigInt(gibibyte), "vector storage", "gibibyte_hours");
    case "code_interpreter_sessions":
      return single(0, parseMoney("0.03"), "code interpreter sessions", null);
    case "file_search_calls":
      return single(0, perThousand("2.5"), "file search tool calls", null);
    case "web_search_calls":
      return single(1, perThousand("10"), "web search tool calls", null);
    case "moderations":
      return [];
  }
}
