import type { ProviderError } from "@/server/openai/errors";
import type { PreparedStream } from "@/server/sync/prepare-streams";
import type { RunState, SyncKind } from "@/server/sync/schema";

export type RunOutcome = { state: Exclude<RunState, "queued" | "running">; errorCode: string | null };

export type Verdict = {
  outcome: RunOutcome;
  /** What the run proved of the key: that it serves, or why it does not. */
  key: "serves" | "auth" | "permission" | "unknown";
  /** Whether any list of costs or usage was brought up to date. */
  hasNewFigures: boolean;
};

export const cancelled: Verdict = {
  outcome: { state: "cancelled", errorCode: null },
  key: "unknown",
  hasNewFigures: false,
};

export const failedByUs: Verdict = {
  outcome: { state: "failed", errorCode: "internal" },
  key: "unknown",
  hasNewFigures: false,
};

type Judged = Pick<PreparedStream, "kind" | "fault">;

/**
 * What a run came to, once all its streams were tried. What the provider does not offer is no fault. A run of names says
 * nothing about the permission to read figures, so it never breaks a connection for lack of permission, nor mends one.
 */
export function judgeRun(kind: SyncKind, streams: readonly Judged[], refusal: ProviderError | null): Verdict {
  if (refusal) return { outcome: { state: "failed", errorCode: "auth" }, key: "auth", hasNewFigures: false };
  const faults = streams.flatMap(({ fault }) => (fault && fault.state !== "unsupported" ? [fault] : []));
  const figures = streams.filter((stream) => stream.kind === "facts");
  const hasNewFigures = figures.some(({ fault }) => !fault);
  const [first] = faults;
  if (!first) {
    const outcome = { state: "succeeded", errorCode: null } as const;
    return { outcome, key: hasNewFigures ? "serves" : "unknown", hasNewFigures };
  }
  // Names without any figure are no partial success.
  const isPartial = figures.length > 0 ? hasNewFigures : faults.length < streams.length;
  const isForbidden = faults.length === streams.length && faults.every(({ state }) => state === "forbidden");
  return {
    outcome: { state: isPartial ? "partial" : "failed", errorCode: first.code },
    key: isForbidden && kind !== "directory" ? "permission" : "unknown",
    hasNewFigures,
  };
}
