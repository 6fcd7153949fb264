import type { OrgScope } from "@/server/auth/scope";

const byStream = [
  "usage_facts",
  "cost_facts",
  "usage_daily",
  "cost_daily",
  "usage_monthly",
  "cost_monthly",
  "restatements",
];
const byConnection = ["series", "directory_items", "sync_runs", "streams"];

/** Deletes what a connection brought in, children first. A window in flight waits for its stream's row and finds it gone. */
export async function eraseConnectionData(scope: OrgScope, connectionId: string) {
  const orgId = scope.org.id;
  await scope.db.$queryRaw`
    select id from streams where org_id = ${orgId}::uuid and connection_id = ${connectionId}::uuid for update`;
  for (const table of byStream) {
    await scope.db.$executeRawUnsafe(
      `delete from ${table} where org_id = $1::uuid
         and stream_id in (select id from streams where org_id = $1::uuid and connection_id = $2::uuid)`,
      orgId,
      connectionId,
    );
  }
  for (const table of byConnection) {
    await scope.db.$executeRawUnsafe(
      `delete from ${table} where org_id = $1::uuid and connection_id = $2::uuid`,
      orgId,
      connectionId,
    );
  }
}
