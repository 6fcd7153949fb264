import type { OrgAccess } from "@/server/auth/scope";
import type { ConnectionSummary } from "@/server/connections/schema";
import { AppError, notFound } from "@/server/lib/errors";

type Chosen = { wanted: ConnectionSummary[]; paused: ConnectionSummary[] };

/**
 * The connection of an id or exact name, or all that may be synced.
 * @throws AppError not_found, or conflict for a name that several have
 */
export async function chooseConnections(access: OrgAccess, wanted: string | undefined): Promise<Chosen> {
  const { listConnections } = await import("@/server/connections/find-connection");
  const all = await access.inScope(listConnections);
  if (wanted === undefined) {
    if (all.length === 0) {
      throw new AppError("precondition", "no_connection", { message: "This organization has no connection yet." });
    }
    return {
      wanted: all.filter(({ status }) => status !== "paused"),
      paused: all.filter(({ status }) => status === "paused"),
    };
  }
  const named = all.filter(({ id, name }) => id === wanted || name === wanted);
  if (named.length === 0) throw notFound("connection");
  if (named.length > 1) {
    throw new AppError("conflict", "connection_ambiguous", {
      message: "Several connections have this name: give the id instead.",
    });
  }
  return { wanted: named, paused: [] };
}
