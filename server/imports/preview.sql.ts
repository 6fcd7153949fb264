import type { TenantConnection } from "@/server/db/tenant";
import { type Budget, budgetsOfProjects } from "@/server/directory/budgets.sql";
import type { UtcDay } from "@/server/lib/time";
import { costDimensions, LINE_ITEM_STREAM } from "@/server/usage/dimensions";

/** Days of a held list. */
export type HeldDays = { streamId: number; stream: string; days: readonly UtcDay[] };

export type HeldSums = {
  stream: string;
  dimension: "day" | "project" | "user" | "model";
  key: string | null;
  currency: string;
  amount: string;
};

/** What the given days of held costs add up to: by day, project, person and model, and currency. */
export async function sumHeld(client: TenantConnection, orgId: string, held: readonly HeldDays[]): Promise<HeldSums[]> {
  const costs = held.filter(({ stream, days }) => stream.startsWith("costs.") && days.length > 0);
  if (costs.length === 0) return [];
  const { rows } = await client.query<HeldSums>(
    `with wanted as materialized (
       select w.stream_id, w.day from unnest($2::int[], $3::date[]) as w (stream_id, day)
     ), facts as materialized (
       select s.stream, (f.bucket_start at time zone 'UTC')::date as day, s.project_id, s.user_id, s.model, s.currency,
         sum(f.amount) as amount
       from held_cost_facts f join series s on s.org_id = f.org_id and s.id = f.series_id
       where f.org_id = $1 and f.stream_id = any($4::int[])
         and (f.stream_id, (f.bucket_start at time zone 'UTC')::date) in (select stream_id, day from wanted)
       group by 1, 2, 3, 4, 5, 6
     ), cut as (
       select stream, 'day' as dimension, to_char(day, 'YYYY-MM-DD') as key, currency, amount from facts where stream <> $5
       union all select stream, 'project', project_id, currency, amount from facts where stream = 'costs.project'
       union all select stream, 'user', user_id, currency, amount from facts where stream = 'costs.user'
       union all select 'costs.project', 'model', model, currency, amount from facts where stream in ('costs.project', $5)
     )
     select stream, dimension, key, currency, trim_scale(sum(amount))::text as amount from cut
     group by 1, 2, 3, 4 order by 1, 2, sum(amount) desc, key`,
    [
      orgId,
      costs.flatMap(({ streamId, days }) => days.map(() => streamId)),
      costs.flatMap(({ days }) => days),
      costs.map(({ streamId }) => streamId),
      LINE_ITEM_STREAM,
    ],
  );
  return rows;
}

export type Counted = { stream: string; day: UtcDay; amount: string };

/** US dollars by list and day that count now for an OpenAI organization, from syncs and imports. */
export async function countedCosts(
  client: TenantConnection,
  { orgId, openaiOrgId }: { orgId: string; openaiOrgId: string },
  days: readonly UtcDay[],
): Promise<Counted[]> {
  const { rows } = await client.query<Counted>(
    `select s.name as stream, to_char(d.day, 'YYYY-MM-DD') as day, trim_scale(sum(d.amount))::text as amount
     from connections c
     join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name in ('costs.project', 'costs.user')
     join cost_daily d on d.org_id = c.org_id and d.stream_id = s.id and d.day = any($3::date[])
       and d.dimension = case s.name when 'costs.user' then ${costDimensions.user_total} else ${costDimensions.total} end
     where c.org_id = $1 and c.openai_org_id = $2 and c.kind <> 'draft' and not c.is_sample and c.erase_requested_at is null
     group by 1, 2`,
    [orgId, openaiOrgId, days],
  );
  return rows;
}

export type HeldBudget = { projectId: string; amount: string | null };

/** Budgets of the files, the last file's of each project. */
export async function heldBudgets(
  client: TenantConnection,
  orgId: string,
  fileIds: readonly string[],
): Promise<HeldBudget[]> {
  const { rows } = await client.query<HeldBudget>(
    `select distinct on (d.parent_id) d.parent_id as "projectId", d.data ->> 'amount' as amount
     from directory_items d join import_files f on f.org_id = d.org_id and f.id = d.connection_id
     where d.org_id = $1 and d.kind = 'budget' and f.id = any($2::uuid[])
     order by d.parent_id, f.position desc`,
    [orgId, fileIds],
  );
  return rows;
}

/** What committed imports say of projects. */
export async function committedBudgets(client: TenantConnection, orgId: string, projectIds: readonly string[]) {
  const { text, values } = budgetsOfProjects(orgId, projectIds);
  const { rows } = await client.query<Budget>(text, values);
  return new Map(rows.map(({ projectId, amount }) => [projectId, amount]));
}

export type NameRow = { kind: "project" | "user"; id: string; name: string | null };

/** Names of the directory, and of the files themselves. */
export async function namesFor(
  client: TenantConnection,
  orgId: string,
  { fileIds, ids }: { fileIds: readonly string[]; ids: readonly string[] },
): Promise<NameRow[]> {
  const { rows } = await client.query<NameRow>(
    `select distinct on (d.kind, d.id) d.kind, d.id, coalesce(d.name, d.data ->> 'email') as name
     from directory_items d join connections c on c.org_id = d.org_id and c.id = d.connection_id
     where d.org_id = $1 and d.kind in ('project', 'user') and d.id = any($3::text[])
       and (c.kind <> 'draft' or c.id = any($2::uuid[]))
     order by d.kind, d.id, (c.kind = 'provider' and d.name is not null) desc, (d.name is not null) desc, d.changed_at desc`,
    [orgId, fileIds, ids],
  );
  return rows;
}
