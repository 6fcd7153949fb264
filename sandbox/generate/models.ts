import { parseMoney, type Money } from "../money";

/** Dollars per million tokens, as plain decimals. */
interface TokenPrice {
  input: string;
  cached: string;
  cacheWrite: string;
  output: string;
  audioInput?: string;
  audioOutput?: string;
}

const prices: Readonly<Record<string, TokenPrice>> = {
  "gpt-6.2-astra": { input: "8", cached: "0.4", cacheWrite: "10", output: "40" },
  "gpt-6.2-sol": { input: "2", cached: "0.1", cacheWrite: "2.5", output: "10" },
  "gpt-6-luna": { input: "0.1", cached: "0.01", cacheWrite: "0.125", output: "0.5" },
  "gpt-5.6-terra": { input: "2", cached: "0.2", cacheWrite: "2.5", output: "12" },
  "gpt-5.5-2026-04-23": { input: "5", cached: "0.5", cacheWrite: "5", output: "30" },
  "gpt-5.4-mini-2026-03-17": { input: "0.75", cached: "0.075", cacheWrite: "0.75", output: "4.5" },
  "gpt-5-2025-08-07": { input: "1.25", cached: "0.125", cacheWrite: "1.25", output: "10" },
  "o3-2025-04-16": { input: "2", cached: "0.5", cacheWrite: "2", output: "8" },
  "gpt-4o-2024-08-06": { input: "2.5", cached: "1.25", cacheWrite: "2.5", output: "10" },
  "gpt-4o-mini-2024-07-18": { input: "0.15", cached: "0.075", cacheWrite: "0.15", output: "0.6" },
  "gpt-audio-2025-08-28": {
    input: "2.5",
    cached: "2.5",
    cacheWrite: "2.5",
    output: "10",
    audioInput: "32",
    audioOutput: "64",
  },
  "text-embedding-3-small": { input: "0.02", cached: "0.02", cacheWrite: "0.02", output: "0" },
  "text-embedding-3-large": { input: "0.13", cached: "0.13", cacheWrite: "0.13", output: "0" },
};

export interface PricedPart {
  /** Index of the part in the endpoint's parts. */
  part: number;
  /** Per unit of the part. */
  price: Money;
  lineItem: string;
  unit: string | null;
}

const perMillion = (dollars: string): Money => parseMoney(dollars) / 1_000_000n;

/** The bill's lines of a token model: which part costs how much under which name. */
export function tokenLines(model: string, multiplier: { numerator: bigint; denominator: bigint }): PricedPart[] {
  const price = prices[model];
  if (!price) return [];
  const isOldStyle = model.startsWith("gpt-4o") || model.startsWith("o3") || model.startsWith("gpt-audio");
  const name = (old: string, current: string) => `${model}, ${isOldStyle ? old : current}`;
  const line = (part: number, dollars: string, lineItem: string): PricedPart => ({
    part,
    price: (perMillion(dollars) * multiplier.numerator) / multiplier.denominator,
    lineItem,
    unit: "tokens",
  });
  const audioInput = price.audioInput ?? price.input;
  const audioOutput = price.audioOutput ?? price.output;
  return [
    line(1, price.input, name("input", "input_tokens")),
    line(2, audioInput, name("audio input", "input_audio_tokens")),
    line(3, price.input, name("input", "input_tokens")),
    line(4, price.cached, name("cached input", "input_cached_tokens")),
    line(5, price.cached, name("cached input", "input_cached_tokens")),
    line(6, price.cached, name("cached input", "input_cached_tokens")),
    line(7, price.cacheWrite, name("cache write", "input_cache_write_tokens")),
    line(8, price.cacheWrite, name("cache write", "input_cache_write_tokens")),
    line(9, price.output, name("output", "output_tokens")),
    line(10, audioOutput, name("audio output", "output_audio_tokens")),
    line(11, price.output, name("output", "output_tokens")),
  ];
}

/** Embeddings are billed on one line that carries the bare model name. */
export function embeddingLines(model: string): PricedPart[] {
  const price = prices[model];
  return price ? [{ part: 1, price: perMillion(price.input), lineItem: model, unit: "tokens" }] : [];
}
