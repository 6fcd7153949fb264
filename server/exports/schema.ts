import { z } from "zod";
import { exportDatasets, exportFormats, exportFrequencies, MAX_TRAILING_DAYS } from "@/server/exports/constants";
import { exploreParameters, type ExploreSource, exploreSourceOf } from "@/server/exports/explore-source";
import { costGroups, refusedTogether, usageGroups } from "@/server/usage/facts-report-groups";
import { usageEndpoints } from "@/server/usage/measures";
import { DayRange } from "@/server/usage/schema";

const Endpoint = z.enum(usageEndpoints);

/** `costs`: the invoice, by day, project, key and line item; `costs:user`: the same money by person; or an endpoint. */
const Facts = z.union([z.enum(["costs", "costs:user"]), z.templateLiteral(["usage:", Endpoint])]);

/** "day,project": words with commas between them. */
const Groups = z
  .string()
  .max(200)
  .transform((list) => [...new Set(list.split(",").map((word) => word.trim()))].filter(Boolean));

const Flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((flag) => flag === "1");

/**
 * What is to be exported, as it stands in an address: raw facts, sums of costs or of an endpoint's usage by groups, or an
 * answer of the Explore page. FOCUS is always of the facts of the invoice.
 */
const ExportParameters = z.object({
  format: z.enum(exportFormats).default("csv"),
  facts: Facts.optional(),
  dataset: z.enum(exportDatasets).default("costs"),
  endpoint: Endpoint.default("completions"),
  group_by: Groups.optional(),
  ...exploreParameters,
  /** Of changes: the export since which they are. */
  since: z.uuid().optional(),
  bom: Flag,
  /** Instead of the content, what the manifest says about it. */
  manifest: Flag,
});

export const ExportInput = DayRange.and(ExportParameters).transform((given, context): ExportRequest => {
  const { from, to, format, bom, manifest } = given;
  const source = sourceOf(given, (message) => context.addIssue({ code: "custom", message, path: ["group_by"] }));
  return { range: { from, to }, format, source, hasBom: bom, isManifest: manifest };
});

type Source = ExportRequest["source"];
type Parameters = z.infer<typeof ExportParameters> & DayRange;

function sourceOf(given: Parameters, refuse: Refuse): Source {
  const { format, facts, dataset, endpoint, group_by: words = [] } = given;
  if (words.length > 0 && (facts || format === "focus")) refuse("facts are not grouped: leave out one of the two");
  if (format === "focus") {
    if (facts && facts !== "costs") refuse("FOCUS describes charges: it is made of the facts of costs");
    return { kind: "facts", stream: "costs.project" };
  }
  if (facts === "costs") return { kind: "facts", stream: "costs.project" };
  if (facts === "costs:user") return { kind: "facts", stream: "costs.user" };
  if (facts) return { kind: "facts", stream: `usage.${facts.slice("usage:".length) as typeof endpoint}` };
  if (dataset === "explore") {
    const { measure, granularity, zone, filter, compare, top, tag, rows, from, to } = given;
    const asked = { measure, granularity, zone, filter, compare, top, tag, rows, range: { from, to } };
    return exploreSourceOf(asked, words, refuse);
  }
  if (dataset === "changes") {
    if (!given.since) refuse("say since which export: since=<its id>");
    return { kind: "changes", runId: given.since ?? z.NEVER };
  }
  if (dataset === "usage") return { kind: "usage", endpoint, groupBy: known(words, usageGroups, refuse) };
  const groupBy = known(words, costGroups, refuse);
  const refusal = refusedTogether(groupBy);
  if (refusal) refuse(refusal);
  return { kind: "costs", groupBy };
}

type Refuse = (message: string) => void;

function known<const Word extends string>(words: readonly string[], allowed: readonly Word[], refuse: Refuse): Word[] {
  const found = words.flatMap((word) => allowed.filter((candidate) => candidate === word));
  if (found.length < words.length) refuse(`choose from ${allowed.join(", ")}`);
  return found;
}

export type FactsStream = "costs.project" | "costs.user" | `usage.${z.infer<typeof Endpoint>}`;

/** What to write, of which UTC days, and how. */
export type ExportRequest = {
  range: DayRange;
  format: (typeof exportFormats)[number];
  source:
    | { kind: "facts"; stream: FactsStream }
    | { kind: "costs"; groupBy: (typeof costGroups)[number][] }
    | { kind: "usage"; endpoint: z.infer<typeof Endpoint>; groupBy: (typeof usageGroups)[number][] }
    | ExploreSource
    /** What was restated since an export. */
    | { kind: "changes"; runId: string };
  /** Of CSV: for spreadsheets that otherwise guess an encoding. */
  hasBom: boolean;
  isManifest: boolean;
};

const Text = (max: number) => z.string().trim().min(1).max(max);

/** A bucket of Amazon S3 or of anything that speaks its protocol. */
const StorageTarget = z.object({
  kind: z.literal("s3"),
  /** Null for Amazon's own. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable(),
  region: z.string().regex(/^[a-z0-9-]{1,40}$/),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  /** Before the names of files: "finance/openai/". */
  prefix: z
    .string()
    .trim()
    .max(300)
    .regex(/^(?!\/)(?!.*\.\.)[\w!.*'()/ -]*$/),
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,128}$/),
  /** The bucket in the path instead of in the host's name, as most storages but Amazon's want it. */
  isPathStyle: z.boolean(),
});
export type StorageTarget = z.infer<typeof StorageTarget>;

/** Members alone: who leaves gets nothing any more. */
const MailTarget = z.object({
  kind: z.literal("mail"),
  recipients: z.array(z.email().max(254).toLowerCase()).min(1).max(20),
});

export const ExportTarget = z.discriminatedUnion("kind", [StorageTarget, MailTarget]);
export type ExportTarget = z.infer<typeof ExportTarget>;

const sampleDays = { from: "2026-10-01", to: "2026-10-02" };

/** What is exported, as in the address of an export, without days: "format=focus", "facts=costs&format=parquet". */
export const ExportSearch = z.string().max(8_000).refine(isSchedulable, { message: "This cannot be exported." });

/** What has changed since an export is asked for, not sent. */
function isSchedulable(search: string): boolean {
  const source = sourceOfSearch(search);
  return source !== null && source.kind !== "changes";
}

/** What an address without days asks for; null for nothing that can be exported. */
export function sourceOfSearch(search: string): Source | null {
  const request = requestOf(search, sampleDays);
  return request.success ? request.data.source : null;
}

/** The request that a schedule's words make for some days. */
export const requestOf = (search: string, range: { from: string; to: string }) =>
  ExportInput.safeParse({ ...Object.fromEntries(new URLSearchParams(search)), ...range, manifest: "0" });

const Rhythm = z.object({
  frequency: z.enum(exportFrequencies),
  hour: z.int().min(0).max(23),
  dayOfPeriod: z.int().min(1).max(28).nullable(),
  trailingDays: z.int().min(1).max(MAX_TRAILING_DAYS).nullable(),
});

const fits = ({ frequency, dayOfPeriod }: z.infer<typeof Rhythm>) =>
  frequency === "day" ? dayOfPeriod === null : dayOfPeriod !== null && (frequency === "month" || dayOfPeriod <= 7);

export const ScheduleInput = z
  .object({
    name: Text(100),
    search: ExportSearch,
    ...Rhythm.shape,
    target: ExportTarget,
    /** Of a storage. Left out when a schedule is changed, the one before stays. */
    secretAccessKey: Text(256).optional(),
  })
  .refine(fits, { message: "a day of the week or of the month", path: ["dayOfPeriod"] });
export type ScheduleInput = z.infer<typeof ScheduleInput>;

export const ScheduleRef = z.object({ scheduleId: z.uuid() });
export const ScheduleChange = ScheduleRef.and(ScheduleInput);
export const RunRef = z.object({ exportId: z.uuid() });

export type ScheduleEntry = Omit<ScheduleInput, "secretAccessKey"> & {
  id: string;
  /** ISO instant; null while it is paused. */
  nextAt: string | null;
};

/** A download, or a run of a schedule. */
export type ExportRunEntry = {
  id: string;
  scheduleId: string | null;
  name: string | null;
  search: string;
  /** Days, `to` exclusive. */
  from: string;
  to: string;
  state: "queued" | "running" | "succeeded" | "failed";
  requestedBy: string | null;
  requestedAt: string;
  finishedAt: string | null;
  takenAt: string | null;
  location: string | null;
  /** One of exportFailures. */
  errorCode: string | null;
  /** Null until the file is written. */
  written: { fileName: string; rows: number; bytes: number; isComplete: boolean } | null;
};

/** What the provider restated since an export; the rows are those of its file, as far as they are shown. */
export type ChangesPreview = {
  exportId: string;
  from: string;
  to: string;
  /** When the export was made. */
  takenAt: string;
  count: number;
  rows: Record<string, string | null>[];
  /** Days that were open or not fetched when it was made: the file has them whole, as nobody kept what they were. */
  wholeDays: DayRange[];
  /** Connected or imported since, and whole in the file. */
  newConnections: string[];
};
