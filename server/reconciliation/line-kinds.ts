import type { MeteredKind } from "@/server/prices/schema";
import { findPricedModel } from "@/server/prices/price-book";
import { modelOfLineItem } from "@/server/usage/normalise";

/** What a line of the bill is for: a model's kind of tokens, or, without model, the unit of an endpoint. */
export type BilledLine = { model: string | null; kind: MeteredKind | null };

/** The last word of "<model>, <kind>", of today's bills and of older ones. */
const kindsByName: Record<string, MeteredKind> = {
  input: "input",
  input_tokens: "input",
  input_text_tokens: "input",
  input_uncached_tokens: "input",
  "cached input": "cachedInput",
  input_cached_tokens: "cachedInput",
  input_cached_text_tokens: "cachedInput",
  "cache write": "cacheWrite",
  input_cache_write_tokens: "cacheWrite",
  output: "output",
  output_tokens: "output",
  output_text_tokens: "output",
  "audio input": "audioInput",
  input_audio_tokens: "audioInput",
  "cached audio input": "cachedAudioInput",
  input_cached_audio_tokens: "cachedAudioInput",
  "audio output": "audioOutput",
  output_audio_tokens: "audioOutput",
  "image input": "imageInput",
  input_image_tokens: "imageInput",
  "cached image input": "cachedImageInput",
  input_cached_image_tokens: "cachedImageInput",
  "image output": "imageOutput",
  output_image_tokens: "imageOutput",
};

/** Lines that name no model, by words in them; the first that fits. */
const endpointLines: readonly (readonly [RegExp, MeteredKind])[] = [
  [/web search/i, "webSearchCalls"],
  [/file search/i, "fileSearchCalls"],
  [/code interpreter|container/i, "sessions"],
  [/vector|storage/i, "storageBytes"],
  [/whisper|transcri/i, "audioSeconds"],
  [/^tts|speech/i, "characters"],
  [/^image models$/i, "images"],
];

/** Reads the provider's name of a line. A bare name of a model, as embeddings have it, is billed by input. */
export function readLineItem(lineItem: string | null, isUsedModel: (name: string) => boolean): BilledLine {
  if (lineItem === null) return { model: null, kind: null };
  const model = modelOfLineItem(lineItem);
  if (model !== null) return { model, kind: kindsByName[lineItem.slice(model.length + 2).toLowerCase()] ?? null };
  const kind = endpointLines.find(([words]) => words.test(lineItem))?.[1];
  if (kind) return { model: null, kind };
  const isModel = isUsedModel(lineItem) || findPricedModel(lineItem) !== null;
  return isModel ? { model: lineItem, kind: "input" } : { model: null, kind: null };
}

/** Where a bill has no line for a kind of tokens, they are in the line of these. */
export const billedWith: Partial<Record<MeteredKind, readonly MeteredKind[]>> = {
  audioInput: ["input"],
  imageInput: ["input"],
  cachedAudioInput: ["cachedInput", "input"],
  cachedImageInput: ["cachedInput", "input"],
  cachedInput: ["input"],
  cacheWrite: ["input"],
  audioOutput: ["output"],
  imageOutput: ["output"],
};
