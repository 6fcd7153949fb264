import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { encodeIds, encodeNumbers } from "@/server/explore/packs/codec";
import { isCut, readColumns, type Stretch, type TextColumns } from "@/server/explore/packs/columns.sql";
import * as sql from "@/server/explore/packs/packs.sql";
import { measuresOf, type PackedStream, packedStreams } from "@/server/explore/packs/streams.sql";
import { DAYS_WITH_HOURS, type Kind, kindsIn, stretchesOf, wantedStarts } from "@/server/explore/packs/wanted";
import { addUtcDays, FIRST_DAY, type UtcDay } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** Smaller histories are read as fast from the facts. */
const WORTH_FACTS = 5_000;

/** Packs that are made at once of a large history: what one statement groups stays small. Smaller ones are made in fewer steps. */
const AT_ONCE: Record<Grain, number> = { hour: 2, day: 8, month: 1 };
const LARGE_FACTS = 200_000;

const STRETCH_TIMEOUT_MS = 120_000;

type Options = { signal?: AbortSignal; worthFacts?: number };

/**
 * Makes the packs that an organization's facts lack: all of them at first, then those of days that changed. Each stretch
 * of a list is a transaction of its own, in which the list's windows wait.
 * @returns how many packs were made
 */
export async function buildPacks(
  access: OrgAccess,
  { signal, worthFacts = WORTH_FACTS }: Options = {},
): Promise<number> {
  let made = 0;
  for (const stretch of await missingStretches(access, worthFacts)) {
    if (signal?.aborted) break;
    made += await access.inScope((scope) => buildStretch(scope, stretch), { timeoutMs: STRETCH_TIMEOUT_MS });
  }
  return made;
}

/** What is asked most comes first: days before hours and months, all lists of a kind before the next kind. */
function missingStretches(access: OrgAccess, worthFacts: number): Promise<Stretch[]> {
  return access.inScope(async (scope) => {
    const facts = await sql.countFacts(scope, LARGE_FACTS);
    if (facts < worthFacts) return [];
    const times = Math.floor(LARGE_FACTS / facts);
    const streams = await packedStreams(scope);
    const kinds = kindsIn(scope.org.timezone);
    const latest = streams.map(({ last }) => last).reduce((a, b) => (a > b ? a : b), FIRST_DAY);
    const hoursFrom = addUtcDays(latest, -DAYS_WITH_HOURS);
    await sql.deleteUnwanted(scope, { zones: kinds.map(({ zone }) => zone), hoursFrom });
    const stretches: Stretch[] = [];
    for (const kind of kinds) {
      for (const stream of streams) {
        const missing = await missingStarts(scope, stream, kind);
        const ranges = stretchesOf(missing, kind.grain, AT_ONCE[kind.grain] * times);
        stretches.push(...ranges.map((range) => ({ ...kind, stream, range })));
      }
    }
    return stretches;
  });
}

/** The wanted packs of a list that are not there, within some days where these are given. */
async function missingStarts(
  scope: OrgScope,
  stream: PackedStream,
  { grain, zone }: Kind,
  within?: DayRange,
): Promise<UtcDay[]> {
  const wanted = wantedStarts(stream, { grain, zone }).filter(
    (day) => !within || (day >= within.from && day < within.to),
  );
  const [from, last] = [wanted[0], wanted.at(-1)];
  if (from === undefined || last === undefined) return [];
  const packs = await sql.listPacks(scope, zone, { streamIds: [stream.id], range: { from, to: addUtcDays(last, 1) } });
  const there = new Set(packs.map(sql.packId));
  return wanted.filter((starts) => !there.has(sql.packId({ streamId: stream.id, grain, starts })));
}

async function buildStretch(scope: OrgScope, stretch: Stretch): Promise<number> {
  const { stream, grain, zone, range } = stretch;
  await sql.limitStatements(scope, STRETCH_TIMEOUT_MS);
  // Costs that are divided change with the requests that they are divided by.
  const behind = stream.isCosts && isCut(stretch) ? stream.requestStreams : [];
  await sql.lockStreams(scope, [stream.id, ...behind]);
  // Someone else may have been faster, and reading is what takes long.
  const missing = await missingStarts(scope, stream, stretch, range);
  if (missing.length === 0) return 0;
  const found = new Map((await readColumns(scope, stretch, measuresOf(stream))).map((pack) => [pack.starts, pack]));
  const packs = missing.flatMap((starts) => encodePack(found.get(starts) ?? emptyPack(starts)));
  await sql.storePacks(
    scope,
    zone,
    packs.map((column) => ({ ...column, streamId: stream.id, grain })),
  );
  return missing.length;
}

/** A day without facts has a pack as well: one that is there need not be looked for. */
const emptyPack = (starts: UtcDay): TextColumns => ({ starts, series: "", slots: "", measures: {} });

/** The columns of a pack as bytes; slots only where any is not 0. */
export function encodePack({ starts, series, slots, measures }: TextColumns) {
  const columns = [{ starts, name: sql.SERIES, data: encodeIds(split(series).map(Number)) }];
  const hours = Uint8Array.from(split(slots), Number);
  if (hours.some((slot) => slot > 0)) columns.push({ starts, name: sql.SLOTS, data: hours });
  for (const [name, texts] of Object.entries(measures)) {
    if (texts !== null) columns.push({ starts, name, data: encodeNumbers(texts.split(",")) });
  }
  return columns;
}

const split = (texts: string) => (texts === "" ? [] : texts.split(","));
