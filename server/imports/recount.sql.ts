import type { TenantConnection } from "@/server/db/tenant";
import type { FileList } from "@/server/imports/counting";
import type { UtcDay } from "@/server/lib/time";
import { type FactTable, factColumns } from "@/server/usage/window.sql";

/** The organization of files that name none, while nothing tells whose they are. */
export const UNKNOWN_ORGANIZATION = "files";

/** Files of one OpenAI organization. */
export type Organization = { orgId: string; openaiOrgId: string };

export const factTableOf = (stream: string): FactTable => (stream.startsWith("costs.") ? "cost_facts" : "usage_facts");

const lockName = (orgId: string) => `tollkeeper:imports:${orgId}`;

/** Until commit: nobody else decides what counts, and no sync stores a window meanwhile. */
export const lockCounting = (client: TenantConnection, orgId: string) =>
  client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [lockName(orgId)]);

/** Until commit: nothing is imported or undone meanwhile. Syncs do not wait for each other. */
export const lockAgainstImports = (client: TenantConnection, orgId: string) =>
  client.query("select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [lockName(orgId)]);

/** The UTC days that a multirange of time touches, as rows of `day`. */
const daysOf = (multirange: string) =>
  `select distinct d::date as day from unnest(${multirange}) r, generate_series(
     date_trunc('day', lower(r) at time zone 'UTC'), (upper(r) at time zone 'UTC') - interval '1 microsecond', interval '1 day') d`;

const dayTexts = (multirange: string) =>
  `array(select to_char(day, 'YYYY-MM-DD') from (${daysOf(multirange)}) days order by day)`;

type ListRow = Omit<FileList, "days"> & { days: UtcDay[]; counted: UtcDay[] };
export type StoredList = FileList & { counted: ReadonlySet<UtcDay> };

/** The lists of committed files of an OpenAI organization, newest first, and the days of which they count now. */
export async function committedLists(client: TenantConnection, organization: Organization): Promise<StoredList[]> {
  return listsWhere(client, "c.kind = 'import' and c.openai_org_id = $2 and i.state = 'committed'", [
    organization.orgId,
    organization.openaiOrgId,
  ]);
}

/** The lists of one import, committed or not. */
export const listsOfImport = (client: TenantConnection, orgId: string, importId: string): Promise<StoredList[]> =>
  listsWhere(client, "i.id = $2", [orgId, importId]);

async function listsWhere(client: TenantConnection, condition: string, parameters: string[]): Promise<StoredList[]> {
  const { rows } = await client.query<ListRow>(
    `select s.id as "streamId", f.id as "fileId", s.name as stream, f.lists @> array[s.name] as "isOwn",
       s.grouping @> array['line_item'] as "hasLineItems", ${dayTexts("s.coverage + s.held")} as days,
       ${dayTexts("s.coverage")} as counted
     from import_files f
     join imports i on i.org_id = f.org_id and i.id = f.import_id
     join connections c on c.org_id = f.org_id and c.id = f.id
     join streams s on s.org_id = f.org_id and s.connection_id = f.id
     where f.org_id = $1 and ${condition}
     order by i.committed_at desc, i.id desc, f.position desc, s.id`,
    parameters,
  );
  return rows.map(({ days, counted, ...row }) => ({ ...row, days: new Set(days), counted: new Set(counted) }));
}

/** Streams of the connections whose syncs count for an organization, also of deleted ones whose history was kept. */
const syncedStreams = `
  select s.id, s.name, s.coverage from connections c
  join streams s on s.org_id = c.org_id and s.connection_id = c.id
  where c.org_id = $1 and c.openai_org_id = $2 and c.kind = 'provider' and not c.is_sample and c.erase_requested_at is null`;

/**
 * Of the given days those that a sync has covered or, a day that is not closed or broke off, holds facts of: for each list.
 */
export async function syncedDays(
  client: TenantConnection,
  { orgId, openaiOrgId }: Organization,
  days: readonly UtcDay[],
): Promise<Map<string, Set<UtcDay>>> {
  if (days.length === 0) return new Map();
  const holds = (table: FactTable) =>
    `exists (select from ${table} f where f.org_id = $1 and f.stream_id = p.id and f.bucket_start >= lower(d.span) and f.bucket_start < upper(d.span))`;
  const { rows } = await client.query<{ name: string; days: UtcDay[] }>(
    `select p.name, array_agg(d.name) as days
     from (${syncedStreams}) p
     cross join (
       select to_char(day, 'YYYY-MM-DD') as name,
         tstzrange(day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC') as span
       from unnest($3::date[]) day
     ) d
     where p.coverage && d.span
       or case when p.name like 'costs.%' then ${holds("cost_facts")} when p.name like 'usage.%' then ${holds("usage_facts")} end
     group by p.name`,
    [orgId, openaiOrgId, days],
  );
  return new Map(rows.map(({ name, days: own }) => [name, new Set(own)]));
}

export type Moved = { orgId: string; streamId: number; stream: string; days: readonly UtcDay[] };

const spanOfDays = `
  (select range_agg(tstzrange(day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC')) from unnest($3::date[]) day)`;

/** Facts of these days begin or cease to count; the roll-ups are the caller's. */
export async function moveFacts(
  client: TenantConnection,
  { orgId, streamId, stream, days }: Moved,
  to: "count" | "hold",
) {
  const table = factTableOf(stream);
  const columns = ["org_id", "stream_id", ...factColumns(table)].join(", ");
  const [source, target] = to === "count" ? [`held_${table}`, table] : [table, `held_${table}`];
  await client.query(
    `with moved as (
       delete from ${source} f where f.org_id = $1 and f.stream_id = $2
         and f.bucket_start >= (select min(d) from unnest($3::date[]) d)::timestamp at time zone 'UTC'
         and f.bucket_start < ((select max(d) from unnest($3::date[]) d) + 1)::timestamp at time zone 'UTC'
         and (f.bucket_start at time zone 'UTC')::date = any($3::date[])
       returning ${columns}
     )
     insert into ${target} (${columns}) select ${columns} from moved`,
    [orgId, streamId, days],
  );
  const [coverage, held] =
    to === "count"
      ? [`coverage + held * ${spanOfDays}`, `held - ${spanOfDays}`]
      : [`coverage - ${spanOfDays}`, `held + coverage * ${spanOfDays}`];
  await client.query(
    `update streams set coverage = ${coverage}, held = ${held},
       synced_through = upper(${coverage}) where org_id = $1 and id = $2`,
    [orgId, streamId, days],
  );
}

/** What a window is stored into: its OpenAI organization, unless that is the sample, which no file is of. */
export async function organizationOfStream(
  client: TenantConnection,
  orgId: string,
  streamId: number,
): Promise<Organization | null> {
  const { rows } = await client.query<{ openaiOrgId: string }>(
    `select c.openai_org_id as "openaiOrgId" from streams s
     join connections c on c.org_id = s.org_id and c.id = s.connection_id
     where s.org_id = $1 and s.id = $2 and not c.is_sample`,
    [orgId, streamId],
  );
  return rows[0] ? { orgId, openaiOrgId: rows[0].openaiOrgId } : null;
}

export async function hasImports(client: TenantConnection, orgId: string): Promise<boolean> {
  const { rowCount } = await client.query("select 1 from connections where org_id = $1 and kind = 'import' limit 1", [
    orgId,
  ]);
  return rowCount === 1;
}

/** Every OpenAI organization that files were committed for. */
export async function importedOrganizations(client: TenantConnection, orgId: string): Promise<Organization[]> {
  const { rows } = await client.query<{ openaiOrgId: string }>(
    `select distinct openai_org_id as "openaiOrgId" from connections where org_id = $1 and kind = 'import' order by 1`,
    [orgId],
  );
  return rows.map(({ openaiOrgId }) => ({ orgId, openaiOrgId }));
}

/**
 * Files of which nothing told whose they are belong to an organization that is now the only one there is: its money must
 * not count beside theirs.
 */
export async function adoptUnknown(client: TenantConnection, { orgId, openaiOrgId }: Organization): Promise<void> {
  if (openaiOrgId === UNKNOWN_ORGANIZATION) return;
  const { rowCount } = await client.query(
    `update connections set openai_org_id = $2
     where org_id = $1 and kind = 'import' and openai_org_id = $3 and not exists (
       select from connections o
       where o.org_id = $1 and o.kind <> 'draft' and not o.is_sample and o.erase_requested_at is null
         and o.openai_org_id not in ($2, $3))`,
    [orgId, openaiOrgId, UNKNOWN_ORGANIZATION],
  );
  if (rowCount === 0) return;
  await client.query(
    "update imports set openai_org_id = $2 where org_id = $1 and state = 'committed' and openai_org_id = $3",
    [orgId, openaiOrgId, UNKNOWN_ORGANIZATION],
  );
}
