import { hashText, mix, unit } from "../generate/hash";
import { makeSeries, type Series, type SeriesDraft } from "../generate/series";
import type { ProjectPlan } from "./blueprint";
import { toolSeries } from "./tool-series";

/** Who calls: one API key (or the playground, without one) of one project during its life. */
export interface Caller {
  projectId: string | null;
  userId: string | null;
  apiKeyId: string | null;
  isService: boolean;
  foundedDay: number;
  fromDay: number;
  toDay: number;
  /** Tells apart callers that share all their ids. */
  label: string;
}

/** Average tokens per call by how a model is used: text in, cached in, cache written, text out. */
const callShapes: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "gpt-6.2-astra": [4200, 5200, 600, 900],
  "gpt-6.2-sol": [2600, 3900, 400, 650],
  "gpt-6-luna": [1900, 1400, 120, 320],
  "gpt-5.6-terra": [2100, 2800, 300, 540],
  "gpt-5.5-2026-04-23": [3600, 2100, 0, 1200],
  "gpt-5.4-mini-2026-03-17": [1500, 900, 0, 420],
  "gpt-5-2025-08-07": [1700, 600, 0, 700],
  "o3-2025-04-16": [2400, 500, 0, 2600],
  "gpt-4o-2024-08-06": [1300, 300, 0, 380],
  "gpt-4o-mini-2024-07-18": [1100, 200, 0, 300],
};

/** What a model's users called before it came out: days since the founding, oldest first. */
const lineages: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  "gpt-6.2-astra": [
    [0, "gpt-4o-2024-08-06"],
    [110, "o3-2025-04-16"],
    [485, "gpt-5.5-2026-04-23"],
    [600, "gpt-6.2-astra"],
  ],
  "gpt-6.2-sol": [
    [0, "gpt-4o-2024-08-06"],
    [226, "gpt-5-2025-08-07"],
    [470, "gpt-5.6-terra"],
    [592, "gpt-6.2-sol"],
  ],
  "gpt-5.6-terra": [
    [0, "gpt-4o-2024-08-06"],
    [240, "gpt-5-2025-08-07"],
    [476, "gpt-5.6-terra"],
  ],
  "gpt-5.5-2026-04-23": [
    [0, "gpt-4o-2024-08-06"],
    [118, "o3-2025-04-16"],
    [490, "gpt-5.5-2026-04-23"],
  ],
  "gpt-5.4-mini-2026-03-17": [
    [0, "gpt-4o-mini-2024-07-18"],
    [445, "gpt-5.4-mini-2026-03-17"],
  ],
  "gpt-6-luna": [
    [0, "gpt-4o-mini-2024-07-18"],
    [450, "gpt-5.4-mini-2026-03-17"],
    [560, "gpt-6-luna"],
  ],
  "gpt-5-2025-08-07": [
    [0, "gpt-4o-2024-08-06"],
    [226, "gpt-5-2025-08-07"],
  ],
  "o3-2025-04-16": [
    [0, "gpt-4o-2024-08-06"],
    [107, "o3-2025-04-16"],
  ],
};

interface Reign {
  model: string;
  fromDay: number;
  toDay: number;
}

/** The models a caller went through, each with its days; teams move within a month of a launch. */
function reignsOf(caller: Caller, model: string, hash: number): Reign[] {
  const lineage = lineages[model] ?? [[0, model] as const];
  const delay = mix(hash, 9) % 30;
  const startOf = (index: number) => {
    const offset = lineage[index]?.[0];
    if (offset === undefined) return Infinity;
    return index === 0 ? -Infinity : caller.foundedDay + offset + delay;
  };
  return lineage
    .map(([, name], index) => ({
      model: name,
      fromDay: Math.max(caller.fromDay, startOf(index)),
      toDay: Math.min(caller.toDay, startOf(index + 1)),
    }))
    .filter((reign) => reign.fromDay < reign.toDay);
}

/** Every stream of calls that one key of a project makes. */
export function seriesOfCaller(seed: number, plan: ProjectPlan, caller: Caller): Series[] {
  const drafts: SeriesDraft[] = [];
  const base = hashText(`${seed}|${caller.label}`);
  const modelCount = caller.isService ? Math.min(2, plan.models.length) : 1;
  const first = caller.isService ? 0 : mix(base, 1) % Math.max(1, plan.models.length);
  for (let index = 0; index < modelCount; index += 1) {
    const model = plan.models[(first + index) % plan.models.length];
    if (model === undefined) continue;
    const hash = mix(base, 20 + index);
    for (const reign of reignsOf(caller, model, hash)) {
      drafts.push(...completions(plan, caller, { ...reign, hash, share: index === 0 ? 1 : 0.35 }));
    }
  }
  if (caller.isService) drafts.push(...toolSeries(plan, caller, base));
  return drafts.map((draft) => makeSeries(mix(seed, hashText(caller.label)), draft));
}

interface Use extends Reign {
  hash: number;
  share: number;
}

function completions(plan: ProjectPlan, caller: Caller, use: Use): SeriesDraft[] {
  const [input, cached, written, output] = callShapes[use.model] ?? [1500, 500, 0, 400];
  const volume = caller.isService ? 4400 : 160;
  const callsPerDay = plan.busyness * use.share * volume * (0.4 + 1.2 * unit(mix(use.hash, 1)));
  const isBatch = plan.rhythm === "nightly" && caller.isService;
  const hasPriority = caller.isService && unit(mix(use.hash, 2)) < 0.25;
  const hasImages = plan.name === "Robot Vision";
  const base = {
    endpoint: "completions" as const,
    rhythm: caller.isService ? plan.rhythm : ("office" as const),
    activeShare: caller.isService ? 1 : 0.75,
    utcOffset: plan.utcOffset,
    fromDay: use.fromDay,
    toDay: use.toDay,
    perCall: [
      input,
      0,
      hasImages ? 850 : 0,
      cached,
      0,
      hasImages ? 120 : 0,
      written,
      Math.floor(written / 4),
      output,
      0,
      0,
    ],
    // Somebody of middle size: large enough to hurt, small enough to stand out.
    mayRunAway: caller.isService && use.share === 1 && plan.busyness >= 0.5 && plan.busyness < 1,
  };
  const ids = { project_id: caller.projectId, user_id: caller.userId, api_key_id: caller.apiKeyId, model: use.model };
  const source = caller.isService && unit(mix(use.hash, 3)) < 0.2 ? "agents_api" : "unlabeled";
  const normal = { ...ids, batch: isBatch, service_tier: "default", api_source: source };
  const drafts: SeriesDraft[] = [{ ...base, callsPerDay, dimensions: normal }];
  if (hasPriority) {
    const tier = plan.rhythm === "service" ? "priority" : "flex";
    drafts.push({
      ...base,
      callsPerDay: callsPerDay * 0.15,
      mayRunAway: false,
      dimensions: { ...normal, service_tier: tier },
    });
  }
  return drafts;
}
