import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { andCounted } from "@/server/usage/counted.sql";
import { costDimensions } from "@/server/usage/dimensions";
import type { BreakdownDimension } from "@/server/usage/schema";

/** Whether any day has costs, be it of a deleted connection. */
export async function hasHistory(scope: OrgScope): Promise<boolean> {
  const rows = await scope.db.$queryRaw<{ found: boolean }[]>`
    select exists (
      select from cost_daily
      where org_id = ${scope.org.id}::uuid and dimension = ${costDimensions.total} ${await andCounted(scope)}
    ) as found`;
  return rows[0]?.found ?? false;
}

const memberColumns = {
  project: Prisma.sql`s.project_id`,
  user: Prisma.sql`s.user_id`,
  api_key: Prisma.sql`s.api_key_id`,
  model: Prisma.sql`s.model`,
} as const satisfies Record<BreakdownDimension, Prisma.Sql>;

/** Whether the provider ever named this member in costs or usage. */
export async function wasEverNamed(scope: OrgScope, dimension: BreakdownDimension, key: string): Promise<boolean> {
  const rows = await scope.db.$queryRaw<{ found: boolean }[]>`
    select exists (
      select from series s
      join connections c on c.org_id = s.org_id and c.id = s.connection_id and c.kind <> 'draft' and c.erase_requested_at is null
      where s.org_id = ${scope.org.id}::uuid and ${memberColumns[dimension]} = ${key}
    ) as found`;
  return rows[0]?.found ?? false;
}
