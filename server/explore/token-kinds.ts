import { modelOfLineItem } from "@/server/usage/normalise";

/** What tokens are billed as. The first three are one side of a call: what of the input came from the cache differs in price alone. */
export const tokenKinds = ["input", "cached", "cache_write", "output", "audio_input", "audio_output"] as const;
export type TokenKind = (typeof tokenKinds)[number];

const kindsByName: Record<string, TokenKind> = {
  input: "input",
  input_tokens: "input",
  "text input": "input",
  "cached input": "cached",
  input_cached_tokens: "cached",
  "cached text input": "cached",
  "cache write": "cache_write",
  input_cache_write_tokens: "cache_write",
  output: "output",
  output_tokens: "output",
  "text output": "output",
  "audio input": "audio_input",
  input_audio_tokens: "audio_input",
  "audio output": "audio_output",
  output_audio_tokens: "audio_output",
};

/** The model and the kind of tokens that a line item bills; null for what is no tokens. A bare model's name bills its input. */
export function tokensOfLine(lineItem: string): { model: string; kind: TokenKind } | null {
  const model = modelOfLineItem(lineItem);
  if (model === null) return lineItem === "" ? null : { model: lineItem, kind: "input" };
  const kind = kindsByName[lineItem.slice(model.length + 2).toLowerCase()];
  return kind ? { model, kind } : null;
}

/** Sums of usage as the provider counts it. */
export type CountedTokens = {
  input: bigint;
  cached: bigint;
  /** Null where the provider did not tell all of them. */
  uncached: bigint | null;
  cacheWrite: bigint;
  audioInput: bigint;
  output: bigint;
  audioOutput: bigint;
};

/** Tokens by kind; older usage does not tell the uncached ones, which are then what is left of the input. */
export function tokensByKind(counted: CountedTokens): Record<TokenKind, bigint> {
  const { input, cached, uncached, cacheWrite, audioInput, output, audioOutput } = counted;
  return {
    input: atLeastNone((uncached ?? input - cached - cacheWrite) - audioInput),
    cached,
    cache_write: cacheWrite,
    output: atLeastNone(output - audioOutput),
    audio_input: audioInput,
    audio_output: audioOutput,
  };
}

const atLeastNone = (count: bigint) => (count < 0n ? 0n : count);
