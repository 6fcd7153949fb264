import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { type Aspect, aspectNames, aspects, type Representatives } from "@/server/explore/packs/aspects";
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

/** Of series of one list. Money of other currencies is kept apart: it is in no figure. */
export async function representativesOf(scope: OrgScope, ids: ReadonlySet<number>): Promise<Representatives> {
  if (ids.size === 0) return new Map();
  const firsts = aspectNames.map((aspect) => {
    const columns = Prisma.raw(aspects[aspect].map((column) => `s.${column}`).join(", "));
    return Prisma.sql`, min(s.id) over (partition by s.currency, ${columns})::float8 as ${Prisma.raw(aspect)}`;
  });
  const rows = await scope.db.$queryRaw<({ id: number } & Record<Aspect, number>)[]>`
    select s.id::float8 as id ${Prisma.join(firsts, " ")}
    from series s where s.org_id = ${scope.org.id}::uuid and s.id = any(${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, ...firstOf }) => [id, firstOf]));
}
