import { type Money, parseMoney } from "../money";
import { embeddingLines, type PricedPart, tokenLines } from "./models";
import type { Series } from "./series";

export const gibibyte = 1_073_741_824;
const perThousand = (dollars: string): Money => parseMoney(dollars) / 1000n;

const perImage: Readonly<Record<string, string>> = {
  "1024x1024": "0.04",
  "1024x1792": "0.06",
  "512x512": "0.018",
  "256x256": "0.016",
};

/** The bill's lines for one series; empty for what is free. */
export function priceSeries(series: Series): PricedPart[] {
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
      return single(1, parseMoney(perImage[size ?? ""] ?? "0.04"), "Image models", "images");
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
