import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { aspectNames, usageAspects } from "@/server/explore/packs/aspects";
import { type Columns, emptyColumns, encodePack } from "@/server/explore/packs/encode";
import { labelEdges } from "@/server/explore/packs/label-edges.sql";
import { readMonth } from "@/server/explore/packs/months";
import * as sql from "@/server/explore/packs/packs.sql";
import { readDays } from "@/server/explore/packs/read-days";
import { reducePack } from "@/server/explore/packs/reduce";
import { representativesOf } from "@/server/explore/packs/series.sql";
import { measuresOf, type PackedStream, packedStreams } from "@/server/explore/packs/streams.sql";
import { hoursKept, isCut, kindsIn, type Stretch, stretchesOf, wantedStarts } from "@/server/explore/packs/wanted";
import { FIRST_DAY, utcDaysBetween, type UtcDay } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";

/** Smaller histories are read as fast from the facts. */
const WORTH_FACTS = 5_000;

/** Packs that are made at once of a large history: what one statement groups stays small. Smaller ones are made in fewer steps. */
const AT_ONCE: Record<Grain, number> = { hour: 1, day: 8, month: 1 };
const LARGE_FACTS = 200_000;

const STRETCH_TIMEOUT_MS = 120_000;

type Options = Making & { signal?: AbortSignal; worthFacts?: number };
/** See reducePack. */
type Making = { worthRows?: number };

/**
 * Makes the packs that an organization's facts lack: all of them at first, then those of days that changed. Each stretch
 * of a list is a transaction of its own, in which the list's windows wait.
 * @returns how many packs were made
 */
export async function buildPacks(
  access: OrgAccess,
  { signal, worthFacts = WORTH_FACTS, ...making }: Options = {},
): Promise<number> {
  let made = 0;
  for (const stretch of await missingStretches(access, worthFacts)) {
    if (signal?.aborted) break;
    made += await access.inScope((scope) => buildStretch(scope, stretch, making), { timeoutMs: STRETCH_TIMEOUT_MS });
  }
  return made;
}

/** What is asked most comes first: all lists of a kind before the next kind. */
function missingStretches(access: OrgAccess, worthFacts: number): Promise<Stretch[]> {
  return access.inScope(async (scope) => {
    const facts = await sql.countFacts(scope, LARGE_FACTS);
    if (facts < worthFacts) return [];
    const times = Math.floor(LARGE_FACTS / facts);
    const streams = await packedStreams(scope);
    const kinds = kindsIn(scope.org.timezone);
    const zones = [...new Set(kinds.map(({ zone }) => zone))];
    const latest = streams.map(({ last }) => last).reduce((a, b) => (a > b ? a : b), FIRST_DAY);
    const hours = hoursKept(latest, await labelEdges(scope));
    await sql.deleteUnwanted(scope, { zones, hours });
    const there = new Set(
      (await sql.listPacks(scope, zones, { streamIds: streams.map(({ id }) => id) })).map(sql.packId),
    );
    return kinds.flatMap((kind) =>
      streams.flatMap((stream) => {
        const missing = wantedStarts(stream, kind, hours).filter(
          (starts) => !there.has(sql.packId({ ...kind, streamId: stream.id, starts })),
        );
        const ranges = stretchesOf(missing, kind.grain, kind.grain === "month" ? 1 : AT_ONCE[kind.grain] * times);
        return ranges.map((range): Stretch => ({ ...kind, stream, range }));
      }),
    );
  });
}

async function buildStretch(scope: OrgScope, listed: Stretch, making: Making): Promise<number> {
  await sql.limitStatements(scope, STRETCH_TIMEOUT_MS);
  const stream = await lockedStream(scope, listed);
  if (!stream) return 0;
  const stretch = { ...listed, stream };
  const { grain, zone, range } = stretch;
  // Someone else may have been faster, and reading is what takes long.
  const packs = await sql.listPacks(scope, [zone], { streamIds: [stream.id], range });
  const there = new Set(packs.map(sql.packId));
  const starts = grain === "month" ? [range.from] : utcDaysBetween(range.from, range.to);
  const missing = starts.filter((day) => !there.has(sql.packId({ streamId: stream.id, grain, zone, starts: day })));
  if (missing.length === 0) return 0;
  const made = await readStretch(scope, stretch, missing);
  const representatives = await representativesOf(scope, new Set(made.flatMap(({ series }) => series)));
  const wanted = stream.isCosts ? aspectNames : usageAspects;
  // One after the other: as texts they take the most memory.
  for (const pack of made) {
    const rows = encodePack(pack);
    const columns = [...rows, ...reducePack(rows, representatives, { ...making, wanted })];
    await sql.storePack(scope, { streamId: stream.id, grain, zone, starts: pack.starts }, columns);
  }
  return made.length;
}

/**
 * The list as it is now: since it was listed it may have grown at either end. Null where it is gone, or where more lists
 * tell of requests than were listed, and locked: a next job follows those.
 */
async function lockedStream(scope: OrgScope, stretch: Stretch): Promise<PackedStream | null> {
  const { id, isCosts, requestStreams } = stretch.stream;
  // Costs that are divided change with the requests that they are divided by.
  await sql.lockStreams(scope, [id, ...(isCosts && isCut(stretch) ? requestStreams : [])]);
  const [stream] = await packedStreams(scope, [id]);
  return stream?.requestStreams.every((request) => requestStreams.includes(request)) ? stream : null;
}

/** What the missing packs of a stretch have to hold. None for a month whose days are not all there: a next job follows those. */
async function readStretch(scope: OrgScope, stretch: Stretch, missing: readonly UtcDay[]): Promise<Columns[]> {
  const { grain } = stretch;
  if (grain === "month") {
    const month = await readMonth(scope, stretch);
    return month ? [month] : [];
  }
  const read = await readDays(scope, { ...stretch, grain }, measuresOf(stretch.stream));
  const found = new Map(read.map((columns) => [columns.starts, columns]));
  return missing.map((starts) => found.get(starts) ?? emptyColumns(starts));
}
