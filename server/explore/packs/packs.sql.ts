import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { type Aspect, nameIn } from "@/server/explore/packs/aspects";
import { ofStreams } from "@/server/explore/part.sql";
import type { HoursKept } from "@/server/explore/packs/wanted";
import { FIRST_DAY, type UtcDay } from "@/server/lib/time";
import { type Grain, grains } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** Names of the columns of a pack that are no measures. Every pack has its series, so that this tells which there are. */
export const SERIES = "series";
export const SLOTS = "slots";

export type PackRef = { streamId: number; grain: Grain; zone: string; starts: UtcDay };
export type NamedBytes = { name: string; data: Uint8Array };
export type PackColumn = Omit<PackRef, "zone"> & NamedBytes;

export const packId = ({ streamId, grain, zone, starts }: PackRef) => `${streamId} ${grain} ${zone} ${starts}`;

const grainName = Prisma.raw(`(array['${Object.keys(grains).join("', '")}'])[grain + 1]`);

type Listed = { streamIds: readonly number[]; range?: DayRange; aspects?: readonly Aspect[] };

/**
 * Which packs there are of some lists in some zones, by the first of their days; and which aspects they have.
 * @param listed `aspects` which of them are looked for
 */
export const listPacks = (scope: OrgScope, zones: readonly string[], { streamIds, range, aspects = [] }: Listed) =>
  scope.db.$queryRaw<(PackRef & { name: string })[]>`
    select stream_id as "streamId", ${grainName} as grain, zone, to_char(starts, 'YYYY-MM-DD') as starts, name
    from fact_packs
    where org_id = ${scope.org.id}::uuid and ${ofStreams(streamIds)} and zone = any(${[...zones]}::text[])
      and grain = any(${Object.values(grains)}::smallint[])
      and name = any(${[null, ...aspects].map((aspect) => nameIn(aspect, SERIES))}::text[])
      and starts >= ${range?.from ?? FIRST_DAY}::date and (${range === undefined} or starts < ${range?.to ?? FIRST_DAY}::date)`;

export type AskedPacks = {
  grain: Grain;
  zone: string;
  streamIds: readonly number[];
  starts: readonly UtcDay[];
  names: readonly string[];
};

/** Columns of packs. They are stored as base64: of all texts that bytes can travel in, the one that is read back fastest. */
export async function readPacks(
  scope: OrgScope,
  { grain, zone, streamIds, starts, names }: AskedPacks,
): Promise<PackColumn[]> {
  if (starts.length === 0 || streamIds.length === 0) return [];
  const rows = await scope.db.$queryRaw<(Omit<PackColumn, "data"> & { data: string })[]>`
    select stream_id as "streamId", ${grainName} as grain, to_char(starts, 'YYYY-MM-DD') as starts, name, data
    from fact_packs
    where org_id = ${scope.org.id}::uuid and ${ofStreams(streamIds)} and zone = ${zone} and grain = ${grains[grain]}
      and name = any(${[...names]}::text[]) and starts = any(${[...starts]}::date[])`;
  return rows.map((row) => ({ ...row, data: Buffer.from(row.data, "base64") }));
}

export async function storePack(scope: OrgScope, pack: PackRef, columns: readonly NamedBytes[]) {
  const texts = columns.map(({ data }) => Buffer.from(data).toString("base64"));
  await scope.db.$executeRaw`
    insert into fact_packs (org_id, stream_id, grain, zone, starts, name, data)
    select ${scope.org.id}::uuid, ${pack.streamId}::int, ${grains[pack.grain]}::smallint, ${pack.zone}, ${pack.starts}::date, name, data
    from unnest(${columns.map(({ name }) => name)}::text[], ${texts}::text[]) as c (name, data)`;
}

/** Days of zones that nobody asks for any more, and hours of long ago. @param hours days whose hours are kept */
export const deleteUnwanted = (scope: OrgScope, { zones, hours }: { zones: readonly string[]; hours: HoursKept }) =>
  scope.db.$executeRaw`
    delete from fact_packs where org_id = ${scope.org.id}::uuid
      and (zone <> all(${[...zones]}::text[])
        or (grain = ${grains.hour} and starts < ${hours.from}::date and starts <> all(${[...hours.besides]}::date[])))`;

/** For the rest of the transaction: what is given up here goes on in the database otherwise. */
export const limitStatements = (scope: OrgScope, ms: number) =>
  scope.db.$executeRaw`select set_config('statement_timeout', ${String(ms)}, true)`;

/** Waits for windows of these lists that are being stored, and keeps others from beginning until commit. */
export const lockStreams = (scope: OrgScope, streamIds: readonly number[]) =>
  scope.db.$queryRaw`
    select id from streams where org_id = ${scope.org.id}::uuid and id = any(${[...streamIds]}::int[]) order by id for update`;

/** How many facts the organization has, counted up to a limit. */
export async function countFacts(scope: OrgScope, atMost: number): Promise<number> {
  const [row] = await scope.db.$queryRaw<{ count: number }[]>`
    select least(count(*), ${atMost}::bigint)::int as count from (
      (select 1 from usage_facts where org_id = ${scope.org.id}::uuid limit ${atMost})
      union all (select 1 from cost_facts where org_id = ${scope.org.id}::uuid limit ${atMost})
    ) facts`;
  return row?.count ?? 0;
}
