import type { GroupCells } from "@/server/explore/explore.sql";
import type { NumberShape } from "@/server/explore/packs/codec";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import type { SeriesOfList } from "@/server/explore/packs/groups.sql";
import type { LoadedPack } from "@/server/explore/packs/load";
import type { Pack } from "@/server/explore/packs/pack";
import type { PlannedPeriod, Unit } from "@/server/explore/packs/plan";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import { Exact } from "@/server/lib/money";
import type { UtcDay } from "@/server/lib/time";

export type ToAddUp = {
  series: readonly SeriesOfList[];
  packs: readonly LoadedPack[];
  periods: readonly PlannedPeriod[];
  segments: readonly UtcDay[];
  /** Whether each hour is a bucket. */
  isByHour: boolean;
  top: number;
  isGrouped: boolean;
};

/**
 * Adds up packs by group and bucket, the largest groups by name: the lines that `readCells` gets of the database. Pure.
 * First who leads is found, bucket by bucket; then the buckets of the lines that are shown, so that memory grows with neither.
 */
export function addUp(question: ToAddUp): GroupCells[] {
  const members = membersOf(question.series);
  const shape = shapeOf(question.packs);
  const standing = rank(question, members, shape);
  return question.periods.flatMap((_, period) => linesOf(question, { period, members, shape, standing }));
}

type Group = { keys: string[]; isNobody: boolean };
/** What a group gets of a set of series: all of their figures, or a share. */
type Member = { group: number; share: string };
/** Series of a list, each once, and the member that each belongs to. */
type Layer = { ids: Float64Array; members: Int32Array; sign: 1 | -1 };
type Members = {
  groups: Group[];
  members: Member[];
  layersOf: (streamId: number, segment: number) => readonly Layer[];
};

function membersOf(lists: readonly SeriesOfList[]): Members {
  const groups = new Numbered<Group>();
  const members = new Numbered<Member>();
  const layers = new Map<string, Layer[]>();
  for (const { ids, keys: columns, shares, streamId, segment, as } of lists) {
    const entries = ids.map((id, row): [number, number] => {
      const keys = columns.map((column) => column[row] ?? "");
      const group = groups.numberOf(keys.join("\0"), { keys, isNobody: keys.every((key) => key === "") });
      const share = shares?.[row] ?? "1";
      return [id, members.numberOf(`${group} ${share}`, { group, share })];
    });
    layers.set(`${streamId} ${segment} ${as}`, layersOf(entries, as === "people_deducted" ? -1 : 1));
  }
  const readings = ["own", "totals", "people_deducted"] as const;
  return {
    groups: groups.all,
    members: members.all,
    layersOf: (streamId, segment) => readings.flatMap((as) => layers.get(`${streamId} ${segment} ${as}`) ?? []),
  };
}

class Numbered<T> {
  readonly all: T[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(id: string, value: T): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.all.length);
    return this.all.push(value) - 1;
  }
}

/** A series that several share is in as many layers. */
function layersOf(entries: [number, number][], sign: 1 | -1): Layer[] {
  const layers: [number, number][][] = [];
  let [before, depth] = [Number.NaN, 0];
  for (const entry of entries.toSorted(([a], [b]) => a - b)) {
    depth = entry[0] === before ? depth + 1 : 0;
    before = entry[0];
    (layers[depth] ??= []).push(entry);
  }
  return layers.map((layer) => ({
    ids: Float64Array.from(layer, ([id]) => id),
    members: Int32Array.from(layer, ([, member]) => member),
    sign,
  }));
}

type Into = { sums: ExactSums; bases: Int32Array; cellOfSlot: Int32Array };

/** Adds a pack to the cells that begin, for each member, at its base. */
function addPack(pack: Pack, layers: readonly Layer[], { sums, bases, cellOfSlot }: Into) {
  for (const { ids, members, sign } of layers) {
    const wanted = { ids, bases: members.map((member) => bases[member] ?? -1) };
    sums.add({ ...pack, wanted, cellOfSlot, sign });
  }
}

const segmentOf = (segments: readonly UtcDay[], { starts }: Unit) =>
  Math.max(
    0,
    segments.findLastIndex((day) => day <= starts),
  );

/** The place of each group, from 1, or 0 for nobody's; undefined for those that have nothing but zeros. */
type Standing = { places: (number | undefined)[]; groupCount: number };

function rank(question: ToAddUp, { groups, members, layersOf: layers }: Members, shape: NumberShape): Standing {
  const totals = new ExactSums(members.length, shape);
  const hasAny = new Uint8Array(groups.length);
  const width = question.isByHour ? WHOLE_DAY : 1;
  for (const packs of inBuckets(question)) {
    const sums = new ExactSums(members.length * width, shape);
    const bases = Int32Array.from(members, (_, member) => member * width);
    for (const { streamId, unit, decode } of packs) {
      // The first slot has all that is not told by the hour.
      const cellOfSlot = unit.bucketOfSlot.map((bucket, slot) =>
        bucket < 0 ? -1 : width === 1 ? 0 : slot % WHOLE_DAY,
      );
      addPack(decode(), layers(streamId, segmentOf(question.segments, unit)), { sums, bases, cellOfSlot });
    }
    sums.carry();
    const isOfRange = packs[0]?.unit.period === 0;
    for (let cell = 0; cell < sums.size; cell++) {
      if (!sums.isTold[cell]) continue;
      const member = Math.floor(cell / width);
      if (!sums.isZero(cell)) hasAny[members[member]?.group ?? 0] = 1;
      if (isOfRange) totals.addCell(member, sums, cell);
    }
  }
  return placesOf(question, { groups, members, hasAny, totals });
}

/** Packs of the same bucket, or of the same hours, together. */
const inBuckets = ({ packs, isByHour }: ToAddUp) =>
  Map.groupBy(
    packs,
    ({ unit: { period, starts, bucketOfSlot } }) =>
      `${period} ${isByHour ? starts : bucketOfSlot.find((bucket) => bucket >= 0)}`,
  ).values();

type Ranked = Omit<Members, "layersOf"> & { hasAny: Uint8Array; totals: ExactSums };

function placesOf({ isGrouped }: ToAddUp, { groups, members, hasAny, totals }: Ranked): Standing {
  totals.carry();
  const sizes: (Exact | undefined)[] = groups.map(() => undefined);
  for (const [member, { group, share }] of members.entries()) {
    if (totals.isTold[member]) sizes[group] = (sizes[group] ?? new Exact(0)).plus(valueOf(totals, member).times(share));
  }
  const isNobody = (group: number) => isGrouped && groups[group]?.isNobody === true;
  const there = [...groups.keys()].filter((group) => hasAny[group]);
  const named = there
    .filter((group) => !isNobody(group))
    .toSorted((a, b) => compare(sizes[a], sizes[b]) || compareKeys(groups[a], groups[b]));
  const places: Standing["places"] = groups.map(() => undefined);
  for (const [place, group] of named.entries()) places[group] = place + 1;
  for (const group of there.filter(isNobody)) places[group] = 0;
  return { places, groupCount: named.length };
}

/** The largest first, and last those that the range knows nothing of. */
function compare(a: Exact | undefined, b: Exact | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return b.comparedTo(a);
}

/** Between groups of the same size. */
const compareKeys = (a: Group | undefined, b: Group | undefined) =>
  (a?.keys ?? []).reduce((found, key, i) => found || compareTexts(key, b?.keys[i] ?? ""), 0);

const valueOf = (sums: ExactSums, cell: number) => new Exact(`${sums.unitsOf(cell)}e-${sums.decimals}`);

type OfPeriod = { period: number; members: Members; shape: NumberShape; standing: Standing };
type Line = { kind: GroupCells["kind"]; rank: number; keys: string[] };

/** Members of one line with the same share, whose figures can be added up before they are shared. */
type Part = { line: number; share: string };

function linesOf(question: ToAddUp, { period, members: known, shape, standing }: OfPeriod): GroupCells[] {
  const { groups, members, layersOf: layers } = known;
  const lines = new Numbered<Line>();
  const parts = new Numbered<Part>();
  const partOf = Int32Array.from(members, ({ group, share }) => {
    const line = lineOf(groups[group], standing.places[group], question.top);
    if (!line) return -1;
    const number = lines.numberOf(`${line.kind} ${line.rank}`, line);
    return parts.numberOf(`${number} ${share}`, { line: number, share });
  });
  const buckets = question.periods[period]?.buckets ?? [];
  const sums = new ExactSums(parts.all.length * buckets.length, shape);
  const wholes = new ExactSums(parts.all.length, shape);
  const bases = partOf.map((part) => (part < 0 ? -1 : part * buckets.length));
  for (const { streamId, unit, decode } of question.packs) {
    if (unit.period !== period) continue;
    const pack = decode();
    const own = layers(streamId, segmentOf(question.segments, unit));
    addPack(pack, own, { sums, bases, cellOfSlot: unit.bucketOfSlot });
    if (pack.slots) addPack(pack, own, { sums: wholes, bases: partOf, cellOfSlot: wholeAlone(unit) });
  }
  sums.carry();
  wholes.carry();
  const partsOfLine = Map.groupBy(parts.all.entries(), ([, part]) => part.line);
  return lines.all
    .map((line, number): GroupCells => {
      const own = partsOfLine.get(number) ?? [];
      const told = [...buckets.keys()].filter((bucket) =>
        own.some(([part]) => sums.isTold[part * buckets.length + bucket]),
      );
      const sumOf = (from: ExactSums, cellOf: (part: number) => number) =>
        own
          .reduce((sum, [part, { share }]) => sum.plus(valueOf(from, cellOf(part)).times(share)), new Exact(0))
          .toFixed();
      return {
        ...line,
        period,
        groupCount: standing.groupCount,
        buckets: told.map((bucket) => buckets[bucket] ?? ""),
        values: told.map((bucket) => sumOf(sums, (part) => part * buckets.length + bucket)),
        whole: sumOf(wholes, (part) => part),
      };
    })
    .filter((line) => line.buckets.length > 0)
    .toSorted((a, b) => compareTexts(a.kind, b.kind) || a.rank - b.rank);
}

const compareTexts = (a: string, b: string) => Number(a > b) - Number(a < b);

const wholeAlone = ({ bucketOfSlot }: Unit) =>
  bucketOfSlot.map((bucket, slot) => (slot === WHOLE_DAY && bucket >= 0 ? 0 : -1));

function lineOf(group: Group | undefined, place: number | undefined, top: number): Line | null {
  if (!group || place === undefined) return null;
  if (place === 0) return { kind: "unattributed", rank: 0, keys: group.keys };
  if (place > top) return { kind: "other", rank: 0, keys: group.keys.map(() => "") };
  return { kind: "named", rank: place, keys: group.keys };
}
