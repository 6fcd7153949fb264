import { z } from "zod";

/** recent: today; trailing: today and the last days that may still move; backfill: all that is missing; directory: names. */
export const SyncKind = z.enum(["recent", "trailing", "backfill", "directory"]);
export type SyncKind = z.infer<typeof SyncKind>;

export const StartSyncInput = z.object({ connectionId: z.uuid(), kind: SyncKind.default("backfill") });
export type StartSyncInput = z.input<typeof StartSyncInput>;

export const RunRef = z.object({ runId: z.uuid() });
export type RunRef = z.infer<typeof RunRef>;

export const ListRunsInput = z.object({ connectionId: z.uuid(), limit: z.number().int().min(1).max(100).default(20) });
export type ListRunsInput = z.input<typeof ListRunsInput>;

export type RunState = "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";

export type RunStreamProgress = {
  /** e.g. costs.project, usage.completions, directory.projects (messages: sync.stream.<name with _ for .>). */
  name: string;
  state: RunState;
  windowsTotal: number;
  windowsDone: number;
  calls: number;
  rowsSeen: number;
  rowsWritten: number;
  rowsChanged: number;
  rowsRemoved: number;
  seconds: number | null;
  /** auth, permission, rate_limit, quota, bad_request, transient, cancelled, internal (messages: sync.error.<code>). */
  errorCode: string | null;
  errorMessage: string | null;
};

export type RunProgress = {
  id: string;
  connectionId: string;
  kind: SyncKind;
  /** schedule, user, cli or connection (made by connecting, resuming or replacing a key). */
  trigger: string;
  state: RunState;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  cancelRequestedAt: string | null;
  windowsTotal: number;
  windowsDone: number;
  calls: number;
  rowsWritten: number;
  /** Rough seconds left, from the pace so far; null while unknown. */
  secondsLeft: number | null;
  streams: RunStreamProgress[];
};

export type StreamSummary = {
  name: string;
  state: "ok" | "failing" | "unsupported" | "forbidden";
  errorCode: string | null;
  errorMessage: string | null;
  grouping: string[];
  syncedThrough: string | null;
  /** First day covered and the number of covered days; null and 0 when nothing was fetched yet. */
  coveredFrom: string | null;
  coveredDays: number;
};
