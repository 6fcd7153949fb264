import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { labelsOf } from "@/server/explore/source.sql";

/** What says whose figures a series has; "" where the provider gave none. */
export type NamesOfSeries = {
  project_id: string;
  api_key_id: string;
  user_id: string;
  model: string;
  currency: string;
};

type Row = NamesOfSeries & { id: number };

/** By id. */
export async function namesOfSeries(scope: OrgScope, ids: ReadonlySet<number>): Promise<Map<number, NamesOfSeries>> {
  if (ids.size === 0) return new Map();
  const names = labelsOf(["project_id", "api_key_id", "user_id", "model"]).map(
    ([column, text]) => Prisma.sql`${text} as ${Prisma.raw(column)}`,
  );
  const rows = await scope.db.$queryRaw<Row[]>`
    select s.id::float8 as id, coalesce(s.currency, '') as currency, ${Prisma.join(names)}
    from series s where s.org_id = ${scope.org.id}::uuid and s.id = any(${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}
