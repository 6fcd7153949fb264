import { randomUUID } from "node:crypto";
import type { OrgScope } from "@/server/auth/scope";
import { enqueue } from "@/server/jobs/enqueue";
import { AppError, notFound } from "@/server/lib/errors";
import type { SyncKind } from "@/server/sync/schema";
import { insertRun } from "@/server/sync/runs.sql";

export type StartRun = {
  connectionId: string;
  kind: SyncKind;
  trigger: "schedule" | "user" | "cli" | "connection";
  requested?: { from: Date; to: Date };
  isRefetch?: boolean;
  /** The caller executes the run itself instead of the worker. */
  isInline?: boolean;
};

/**
 * Starts a sync. While a run of the same kind is unfinished, that run is the answer: a double click syncs once.
 * The job is queued once the scope has committed.
 */
export async function startRun(scope: OrgScope, input: StartRun): Promise<{ runId: string; isNew: boolean }> {
  const connection = await scope.db.connection.findFirst({
    where: { id: input.connectionId, status: { not: "deleted" } },
    select: { id: true, status: true, openaiOrgId: true },
  });
  if (!connection) throw notFound("connection");
  if (connection.status === "paused") {
    throw new AppError("precondition", "connection_paused", { message: "The connection is paused. Resume it first." });
  }
  if (await scope.db.org.count({ where: { deleteAfter: { not: null } } })) {
    throw new AppError("precondition", "org_deletion_pending", {
      message: "This organization is to be deleted. Nothing is synced until that is taken back.",
    });
  }
  const { runId, isNew } = await insertRun(scope, { ...input, runId: randomUUID() });
  if (isNew && (input.trigger === "user" || input.trigger === "cli")) {
    scope.audit({
      action: "sync.start",
      target: { type: "connection", id: connection.id },
      after: { kind: input.kind, runId },
    });
  }
  if (isNew && !input.isInline) {
    scope.afterCommit(() => enqueue("sync.run", { orgId: scope.org.id, runId }));
  }
  return { runId, isNew };
}
