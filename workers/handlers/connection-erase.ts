import { accessAsJob } from "@/workers/handlers/access-as-job";
import { eraseConnection } from "@/server/connections/erase-connection";
import { recountImports } from "@/server/imports/recount";
import type { Handler } from "@/workers/runtime";

/** The queue has one place, and the sweep wants it every minute. */
const BUDGET_MS = 15_000;

export const connectionErase: Handler<"connection.erase"> = async ({ orgId, connectionId }, context) => {
  const access = await accessAsJob(orgId, "connection.erase");
  if (!access) return;
  // From the beginning: what goes counts nowhere any more, and imported files may stand in for it.
  await recountImports(access);
  const result = await eraseConnection(access, connectionId, { budgetMs: BUDGET_MS, signal: context.signal });
  if (result === "interrupted") await context.postpone(0);
};
