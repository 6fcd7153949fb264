import { mix, stableId, unit } from "../generate/hash";
import type { SeriesDraft } from "../generate/series";
import type { ProjectPlan } from "./blueprint";
import type { Caller } from "./build-series";

/** Everything a service calls besides chat models; the first service account of a project gets the most. */
export function toolSeries(plan: ProjectPlan, caller: Caller, hash: number): SeriesDraft[] {
  const busy = (calls: number) => 0.55 * plan.busyness * calls * (0.6 + 0.8 * unit(mix(hash, 40)));
  const who = { project_id: caller.projectId, user_id: caller.userId, api_key_id: caller.apiKeyId };
  const life = {
    activeShare: 1,
    utcOffset: plan.utcOffset,
    fromDay: caller.fromDay,
    toDay: caller.toDay,
    rhythm: plan.rhythm,
  };
  const drafts: SeriesDraft[] = [];
  const add = (draft: Omit<SeriesDraft, keyof typeof life>) => drafts.push({ ...life, ...draft });
  for (const tool of plan.tools ?? []) {
    switch (tool) {
      case "embeddings":
        add({
          endpoint: "embeddings",
          callsPerDay: busy(2600),
          dimensions: { ...who, model: "text-embedding-3-small" },
          perCall: [4800],
        });
        if (plan.busyness > 1) {
          add({
            endpoint: "embeddings",
            callsPerDay: busy(700),
            dimensions: { ...who, model: "text-embedding-3-large" },
            perCall: [6100],
          });
        }
        break;
      case "moderation":
        add({
          endpoint: "moderations",
          callsPerDay: busy(1900),
          dimensions: { ...who, model: "omni-moderation-latest" },
          perCall: [210],
        });
        break;
      case "images":
        for (const [size, source, calls] of imageKinds) {
          add({
            endpoint: "images",
            callsPerDay: busy(calls),
            dimensions: { ...who, model: "gpt-image-2", size, source },
            perCall: [1.3],
          });
        }
        break;
      case "speech":
        add({
          endpoint: "audio_speeches",
          callsPerDay: busy(160),
          dimensions: { ...who, model: "gpt-4o-mini-tts" },
          perCall: [640],
        });
        break;
      case "transcription":
        add({
          endpoint: "audio_transcriptions",
          callsPerDay: busy(110),
          dimensions: { ...who, model: "whisper-1" },
          perCall: [185],
        });
        break;
      case "search":
        for (const level of ["low", "medium", "high"]) {
          const dimensions = { ...who, model: plan.models[0] ?? null, context_level: level, api_source: "unlabeled" };
          add({
            endpoint: "web_search_calls",
            callsPerDay: busy(level === "medium" ? 240 : 60),
            dimensions,
            perCall: [1.6],
          });
        }
        break;
      case "files":
        add({
          endpoint: "file_search_calls",
          callsPerDay: busy(420),
          dimensions: { ...who, vector_store_id: stableId("vs_", caller.label) },
          perCall: [],
        });
        add({
          endpoint: "vector_stores",
          callsPerDay: busy(9_000_000_000),
          dimensions: { project_id: caller.projectId },
          perCall: [],
        });
        break;
      case "code":
        add({
          endpoint: "code_interpreter_sessions",
          callsPerDay: busy(90),
          dimensions: { project_id: caller.projectId },
          perCall: [],
        });
        break;
      case "decisions": {
        const dimensions = {
          ...who,
          model: "gpt-6-luna",
          batch: false,
          service_tier: "default",
          api_source: "unlabeled",
        };
        add({
          endpoint: "decisions",
          callsPerDay: busy(900),
          dimensions,
          perCall: [350, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        });
        break;
      }
      case "audio": {
        const dimensions = {
          ...who,
          model: "gpt-audio-2025-08-28",
          batch: false,
          service_tier: "default",
          api_source: "unlabeled",
        };
        add({
          endpoint: "completions",
          callsPerDay: busy(150),
          dimensions,
          perCall: [220, 900, 0, 60, 240, 0, 0, 0, 180, 420, 0],
        });
        break;
      }
    }
  }
  return drafts;
}

const imageKinds = [
  ["1024x1024", "image.generation", 220],
  ["1024x1792", "image.generation", 60],
  ["1024x1024", "image.edit", 35],
  ["256x256", "image.variation", 8],
] as const;
