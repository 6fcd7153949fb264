import type { OrgScope } from "@/server/auth/scope";
import type { ChargePart } from "@/server/allocation/constants";
import { joinLabels, keyOf, labelTable, shareOf } from "@/server/allocation/labels.sql";
import type { Label } from "@/server/allocation/resolve";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { andCounted } from "@/server/usage/counted.sql";
import type { DayRange } from "@/server/usage/schema";

// Money of the invoice, in US dollars, by the labels of its keys and projects. Parts are products of exact decimals.

const columns = { day: "r.day", api_key: "r.api_key_id", project: "r.project_id" };

const partColumns: Record<ChargePart, Prisma.Sql> = {
  project: Prisma.sql`s.project_id`,
  line_item: Prisma.sql`s.line_item`,
};

/** Rows (day, project_id, api_key_id, part, amount) of a range, as few as say who, when and what of. */
async function billedRows(scope: OrgScope, { from, to }: DayRange, part: ChargePart = "project") {
  return Prisma.sql`
    select b.day, coalesce(s.project_id, '') as project_id, coalesce(s.api_key_id, '') as api_key_id,
      coalesce(${partColumns[part]}, '') as part, sum(b.amount) as amount
    from (
      select f.series_id, (f.bucket_start at time zone 'UTC')::date as day, sum(f.amount) as amount
      from cost_facts f
      where f.org_id = ${scope.org.id}::uuid and f.stream_id = any(array(
          select st.id from streams st where st.org_id = ${scope.org.id}::uuid and st.name = 'costs.project'))
        and f.bucket_start >= ${from}::date::timestamp at time zone 'UTC'
        and f.bucket_start < ${to}::date::timestamp at time zone 'UTC' ${await andCounted(scope, "f.stream_id")}
      group by 1, 2
    ) b join series s on s.org_id = ${scope.org.id}::uuid and s.id = b.series_id and s.currency = 'usd'
    group by 1, 2, 3, 4`;
}

/** What each label's key is charged on each day of a range. */
export async function chargedByDay(scope: OrgScope, range: DayRange, labels: readonly Label[]) {
  return scope.db.$queryRaw<{ day: string; key: string; amount: string }[]>`
    with ${Prisma.raw(PLANNED_ANEW)} ${labelTable("center", labels)}, r as materialized (${await billedRows(scope, range)})
    select to_char(r.day, 'YYYY-MM-DD') as day, ${keyOf("center", columns)} as key,
      trim_scale(sum(r.amount * ${shareOf("center", columns)}))::text as amount
    from r ${joinLabels("center", columns)}
    group by 1, 2`;
}

export type Charge = {
  /** Empty: nobody's. */
  costCenterId: string;
  /** Id of a project or name of a line item; empty where the provider named none. */
  part: string;
  billed: string;
  /** Of the billed amount, what is a part of a cost that several share. */
  shared: string;
  /** Billed plus markup or less discount, day by day. */
  shown: string;
};

/** Percent on what a cost center is shown on some days. */
export type MarkupDays = DayRange & { costCenterId: string; percent: string };

type ChargesQuestion = { range: DayRange; labels: readonly Label[]; markups: readonly MarkupDays[] };

/** Charges of a range by cost center and part. They add up to what was billed, to the last digit. */
export async function chargesBy(
  scope: OrgScope,
  part: ChargePart,
  { range, labels, markups }: ChargesQuestion,
): Promise<Charge[]> {
  const [key, share] = [keyOf("center", columns), shareOf("center", columns)];
  return scope.db.$queryRaw<Charge[]>`
    with ${Prisma.raw(PLANNED_ANEW)} ${labelTable("center", labels)}, markup (id, from_day, to_day, percent) as materialized (
      select * from unnest(${markups.map(({ costCenterId }) => costCenterId)}::text[], ${markups.map(({ from }) => from)}::date[],
        ${markups.map(({ to }) => to)}::date[], ${markups.map(({ percent }) => percent)}::numeric[])
    ), r as materialized (${await billedRows(scope, range, part)}),
    charged as (
      select r.day, r.part, ${key} as key, sum(r.amount * ${share}) as billed,
        coalesce(sum(r.amount * ${share}) filter (where ${share} < 1), 0) as shared
      from r ${joinLabels("center", columns)}
      group by 1, 2, 3
    )
    select c.key as "costCenterId", c.part, trim_scale(sum(c.billed))::text as billed,
      trim_scale(sum(c.shared))::text as shared,
      trim_scale(sum(c.billed * (1 + coalesce(m.percent, 0) * 0.01)))::text as shown
    from charged c left join markup m on m.id = c.key and m.from_day <= c.day and c.day < m.to_day
    group by 1, 2`;
}
