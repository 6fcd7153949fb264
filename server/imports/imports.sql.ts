import type { TenantConnection } from "@/server/db/tenant";
import type { FileFormat } from "@/server/imports/constants";
import type { LeftOut } from "@/server/imports/entries";
import type { StagedFile } from "@/server/imports/staging";

export type ImportRow = { id: string; state: "draft" | "committed" | "undone"; openaiOrgId: string | null };

/** An import, locked until commit; null where there is none. */
export async function lockImport(client: TenantConnection, orgId: string, importId: string): Promise<ImportRow | null> {
  const { rows } = await client.query<ImportRow>(
    `select id, state::text as state, openai_org_id as "openaiOrgId" from imports where org_id = $1 and id = $2 for update`,
    [orgId, importId],
  );
  return rows[0] ?? null;
}

export const addDraft = (client: TenantConnection, orgId: string, { id, by }: { id: string; by: string | null }) =>
  client.query("insert into imports (org_id, id, created_by) values ($1, $2, $3)", [orgId, id, by]);

/** What a draft's facts hang on: a connection without a key or an address, deleted from the beginning. */
export const addDraftConnection = (
  client: TenantConnection,
  orgId: string,
  { id, name }: { id: string; name: string },
) =>
  client.query(
    `insert into connections (org_id, id, kind, status, name, base_url, openai_org_id, abilities)
     values ($1, $2, 'draft', 'deleted', $3, '', '', '{"costs": false, "usage": false, "directory": false, "writes": "no"}')`,
    [orgId, id, name],
  );

export type FileIdentity = { id: string; importId: string; name: string; bytes: number; sha256: string };

export async function addFile(client: TenantConnection, orgId: string, file: FileIdentity & StagedFile): Promise<void> {
  await client.query(
    `insert into import_files (org_id, id, import_id, position, name, bytes, sha256, format, rows, lists, openai_org_id,
       first_day, last_day, days, amount, names, open_days, has_more, budgets, left_out, left_out_count)
     values ($1, $2, $3, (select coalesce(max(position) + 1, 0) from import_files where org_id = $1 and import_id = $3),
       $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      orgId,
      file.id,
      file.importId,
      file.name,
      file.bytes,
      file.sha256,
      file.format,
      file.rows,
      file.lists,
      file.openaiOrgId,
      file.days[0] ?? null,
      file.days.at(-1) ?? null,
      file.days.length,
      file.amount,
      file.names,
      file.openDays.length,
      file.hasMore,
      file.budgets,
      JSON.stringify(file.leftOut),
      file.leftOutCount,
    ],
  );
}

export type Twin = { name: string; importId: string; state: "draft" | "committed"; committedAt: Date | null };

/** A file with the same content in this import or in a committed one. */
export async function findTwin(
  client: TenantConnection,
  orgId: string,
  { importId, sha256 }: Omit<FileIdentity, "id" | "name" | "bytes">,
) {
  const { rows } = await client.query<Twin>(
    `select f.name, f.import_id as "importId", i.state::text as state, i.committed_at as "committedAt"
     from import_files f join imports i on i.org_id = f.org_id and i.id = f.import_id
     where f.org_id = $1 and f.sha256 = $3 and (i.state = 'committed' or i.id = $2)
     order by i.id = $2 desc, i.committed_at desc limit 1`,
    [orgId, importId, sha256],
  );
  return rows[0] ?? null;
}

export type FileRow = {
  id: string;
  importId: string;
  name: string;
  bytes: number;
  sha256: string;
  format: FileFormat;
  rows: number;
  lists: string[];
  openaiOrgId: string | null;
  firstDay: string | null;
  lastDay: string | null;
  days: number;
  amount: string | null;
  names: number;
  openDays: number;
  hasMore: boolean;
  budgets: number;
  leftOut: LeftOut[];
  leftOutCount: number;
};

export async function filesOf(
  client: TenantConnection,
  orgId: string,
  importIds: readonly string[],
): Promise<FileRow[]> {
  const { rows } = await client.query<FileRow>(
    `select id, import_id as "importId", name, bytes::float8 as bytes, sha256, format, rows, lists, openai_org_id as "openaiOrgId",
       to_char(first_day, 'YYYY-MM-DD') as "firstDay", to_char(last_day, 'YYYY-MM-DD') as "lastDay", days,
       trim_scale(amount)::text as amount, names, open_days as "openDays", has_more as "hasMore", budgets, left_out as "leftOut", left_out_count as "leftOutCount"
     from import_files where org_id = $1 and import_id = any($2::uuid[]) order by import_id, position`,
    [orgId, importIds],
  );
  return rows;
}

/** Of now, not of the transaction's beginning: it may have waited for another import, which is older then. */
export async function markCommitted(
  client: TenantConnection,
  orgId: string,
  { importId, openaiOrgId, by }: { importId: string; openaiOrgId: string; by: string | null },
) {
  await client.query(
    `update imports set state = 'committed', committed_at = clock_timestamp(), committed_by = $3, openai_org_id = $4
     where org_id = $1 and id = $2`,
    [orgId, importId, by, openaiOrgId],
  );
  await client.query(
    `update connections set kind = 'import', openai_org_id = $3
     where org_id = $1 and id in (select id from import_files where org_id = $1 and import_id = $2)`,
    [orgId, importId, openaiOrgId],
  );
}

export const markUndone = (
  client: TenantConnection,
  orgId: string,
  { importId, by }: { importId: string; by: string | null },
) =>
  client.query("update imports set state = 'undone', undone_at = now(), undone_by = $3 where org_id = $1 and id = $2", [
    orgId,
    importId,
    by,
  ]);

/** Everything that files brought in, and the connections it hangs on. Their rows in import_files stay. */
export async function deleteContents(client: TenantConnection, orgId: string, fileIds: readonly string[]) {
  for (const table of [
    "held_cost_facts",
    "held_usage_facts",
    "cost_facts",
    "usage_facts",
    "cost_daily",
    "usage_daily",
    "cost_spans",
    "usage_spans",
    "usage_priced_daily",
    "fact_packs",
  ]) {
    await client.query(
      `delete from ${table} where org_id = $1
         and stream_id = any(array(select id from streams where org_id = $1 and connection_id = any($2::uuid[])))`,
      [orgId, fileIds],
    );
  }
  await client.query("delete from connections where org_id = $1 and id = any($2::uuid[]) and kind <> 'provider'", [
    orgId,
    fileIds,
  ]);
}

export const deleteFiles = (client: TenantConnection, orgId: string, fileIds: readonly string[]) =>
  client.query("delete from import_files where org_id = $1 and id = any($2::uuid[])", [orgId, fileIds]);

export const deleteDraft = (client: TenantConnection, orgId: string, importId: string) =>
  client.query("delete from imports where org_id = $1 and id = $2 and state = 'draft'", [orgId, importId]);

export type KnownOrganization = { connectionId: string | null; openaiOrgId: string; name: string; isLiving: boolean };

/** Whose files may be: OpenAI organizations of connections, living or deleted, and of committed imports. */
export async function knownOrganizations(client: TenantConnection, orgId: string): Promise<KnownOrganization[]> {
  const { rows } = await client.query<KnownOrganization>(
    `select distinct on (c.openai_org_id) case when c.kind = 'provider' then c.id end as "connectionId",
       c.openai_org_id as "openaiOrgId", case when c.kind = 'provider' then c.name else c.openai_org_id end as name,
       c.kind = 'provider' and c.status <> 'deleted' as "isLiving"
     from connections c
     where c.org_id = $1 and c.kind <> 'draft' and not c.is_sample and c.erase_requested_at is null
     order by c.openai_org_id, (c.kind = 'provider' and c.status <> 'deleted') desc, c.kind, c.created_at`,
    [orgId],
  );
  return rows;
}

export type ListedImport = {
  id: string;
  state: "committed" | "undone";
  openaiOrgId: string;
  organizationName: string | null;
  createdAt: Date;
  committedAt: Date;
  committedBy: string | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  /** Days of the import, over all lists of its files, of which anything counts now. */
  countedDays: number;
};

/** Committed and undone imports, newest first. */
export async function listImportRows(client: TenantConnection, orgId: string, limit: number): Promise<ListedImport[]> {
  const { rows } = await client.query<ListedImport>(
    `select i.id, i.state::text as state, i.openai_org_id as "openaiOrgId", i.created_at as "createdAt",
       i.committed_at as "committedAt", i.committed_by as "committedBy", i.undone_at as "undoneAt", i.undone_by as "undoneBy",
       (select c.name from connections c where c.org_id = i.org_id and c.openai_org_id = i.openai_org_id and c.kind = 'provider'
          and not c.is_sample order by c.status = 'deleted', c.created_at limit 1) as "organizationName",
       (select count(distinct d)::int from import_files f
          join streams s on s.org_id = f.org_id and s.connection_id = f.id
          cross join unnest(s.coverage) r
          cross join generate_series(date_trunc('day', lower(r) at time zone 'UTC'),
            (upper(r) at time zone 'UTC') - interval '1 microsecond', interval '1 day') d
        where f.org_id = i.org_id and f.import_id = i.id) as "countedDays"
     from imports i where i.org_id = $1 and i.state <> 'draft' order by i.committed_at desc, i.id desc limit $2`,
    [orgId, limit],
  );
  return rows;
}

export async function stateOf(
  client: TenantConnection,
  orgId: string,
  importId: string,
): Promise<ImportRow["state"] | null> {
  const { rows } = await client.query<Pick<ImportRow, "state">>(
    "select state::text as state from imports where org_id = $1 and id = $2",
    [orgId, importId],
  );
  return rows[0]?.state ?? null;
}
