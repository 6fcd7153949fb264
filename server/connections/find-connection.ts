import { mayAlso, type OrgScope } from "@/server/auth/scope";
import { Abilities, type ConnectionSummary } from "@/server/connections/schema";
import { notFound } from "@/server/lib/errors";

/** Everything of a connection but its key. */
const visible = {
  id: true,
  name: true,
  baseUrl: true,
  isSample: true,
  openaiOrgId: true,
  openaiOrgName: true,
  status: true,
  statusReason: true,
  statusChangedAt: true,
  keyLast4: true,
  abilities: true,
  backfillDays: true,
  trailingDays: true,
  usageGranularity: true,
  lastSyncedAt: true,
  createdAt: true,
  eraseRequestedAt: true,
} as const;

type Among = { among?: "living" | "all" };

/** @throws AppError not_found for a connection that is not there, belongs to another org or, among the living, was deleted. */
export async function findConnection(scope: OrgScope, connectionId: string, { among = "living" }: Among = {}) {
  const row = await scope.db.connection.findFirst({
    where: { id: connectionId, kind: "provider", ...(among === "living" ? { status: { not: "deleted" } } : {}) },
    select: visible,
  });
  if (!row) throw notFound("connection");
  return row;
}

export async function getConnection(scope: OrgScope, connectionId: string): Promise<ConnectionSummary> {
  return summarise(scope, await findConnection(scope, connectionId));
}

export async function listConnections(scope: OrgScope): Promise<ConnectionSummary[]> {
  const rows = await scope.db.connection.findMany({
    where: { status: { not: "deleted" } },
    select: visible,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => summarise(scope, row));
}

type VisibleConnection = Awaited<ReturnType<typeof findConnection>>;

const summarise = (
  scope: OrgScope,
  { baseUrl: _baseUrl, eraseRequestedAt: _erase, ...row }: VisibleConnection,
): ConnectionSummary => ({
  ...row,
  keyLast4: mayAlso(scope, "connections:write") ? row.keyLast4 : null,
  abilities: Abilities.parse(row.abilities),
  statusChangedAt: row.statusChangedAt.toISOString(),
  lastSyncedAt: row.lastSyncedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
