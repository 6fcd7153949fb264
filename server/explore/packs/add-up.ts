import type { GroupCells } from "@/server/explore/explore.sql";
import { decodeNumbers, type Numbers, type NumberShape, Room } from "@/server/explore/packs/codec";
import { decimalOf, unitsIn, unitsOf } from "@/server/explore/packs/divide";
import { ExactSums, shapeOf } from "@/server/explore/packs/exact-sums";
import type { SeriesOfList } from "@/server/explore/packs/groups.sql";
import type { LoadedPack } from "@/server/explore/packs/load";
import { Placer } from "@/server/explore/packs/place";
import type { PlannedPeriod, Unit } from "@/server/explore/packs/plan";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
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

/** So many cells of members are kept until it is known who leads; where there are more, they are made twice. */
const MAX_KEPT_CELLS = 1_500_000;

/**
 * Adds up packs by group and bucket, the largest groups by name: the lines that `readCells` gets of the database. Pure.
 * First who leads is found, bucket by bucket; then the buckets of the lines that are shown.
 */
export function addUp(question: ToAddUp, { maxKept = MAX_KEPT_CELLS } = {}): GroupCells[] {
  const known = membersOf(question.series);
  const shape = shapeOf(question.packs);
  const room = new Room();
  const placer = new Placer(room);
  const isKept = known.members.length * cellsOf(question) <= maxKept;
  const stretches = stretchesOf(question).map((stretch) =>
    summing(question, { stretch, known, shape, room, placer, isKept }),
  );
  const standing = rank(question, { known, shape, stretches });
  return question.periods.flatMap((_, period) =>
    linesOf(question, { period, known, shape, standing, stretches: stretches.filter((of) => of.period === period) }),
  );
}

type Group = { keys: string[]; isNobody: boolean };
/** What a group gets of a set of series: all of their figures, or a share. */
type Member = { group: number; share: bigint };
/** Series of a list, each once, and the member that each belongs to. */
type Layer = { ids: Float64Array; members: Int32Array; sign: 1 | -1 };
type Members = {
  groups: Group[];
  members: Member[];
  /** How many decimals shares are written with: they are whole numbers of the last one. */
  shareDigits: number;
  layersOf: (streamId: number, segment: number) => readonly Layer[];
};

function membersOf(lists: readonly SeriesOfList[]): Members {
  const groups = new Numbered<Group>();
  const members = new Numbered<Member>();
  const layers = new Map<string, Layer[]>();
  const texts = new Set([WHOLE_SHARE, ...lists.flatMap(({ shares }) => shares ?? [])]);
  const shareDigits = Math.max(...[...texts].map((text) => unitsOf(text).digits));
  // Mostly a group has all of its figures, and its number says enough.
  const memberOf = (group: number, share: string) =>
    members.numberOf(share === WHOLE_SHARE ? group : `${group} ${share}`, () => ({
      group,
      share: unitsIn(shareDigits, unitsOf(share)),
    }));
  for (const { ids, keys: columns, shares, streamId, segment, as } of lists) {
    const entries = ids.map((id, row): [number, number] => {
      const keys = columns.map((column) => column[row] ?? "");
      const group = groups.numberOf(keys.join("\0"), () => ({ keys, isNobody: keys.every((key) => key === "") }));
      return [id, memberOf(group, shares?.[row] ?? WHOLE_SHARE)];
    });
    layers.set(`${streamId} ${segment} ${as}`, layersOf(entries, as === "people_deducted" ? -1 : 1));
  }
  const readings = ["own", "totals", "people_deducted"] as const;
  return {
    groups: groups.all,
    members: members.all,
    shareDigits,
    layersOf: (streamId, segment) => readings.flatMap((as) => layers.get(`${streamId} ${segment} ${as}`) ?? []),
  };
}

const WHOLE_SHARE = "1";

/** A number for each of so many. `Int32Array.from` goes through an iterator, which takes several times as long. */
function upTo(length: number, numberOf: (index: number) => number): Int32Array {
  const numbers = new Int32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = numberOf(index);
  return numbers;
}

class Numbered<T> {
  readonly all: T[] = [];
  private readonly numbers = new Map<string | number, number>();

  numberOf(id: string | number, make: () => T): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.all.length);
    return this.all.push(make()) - 1;
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
    ids: Float64Array.from(layer.map(([id]) => id)),
    members: Int32Array.from(layer.map(([, member]) => member)),
    sign,
  }));
}

/** The packs of a bucket, or of all the hours of a UTC day. */
type Stretch = {
  packs: readonly LoadedPack[];
  period: number;
  /** As many cells as a member has, the bucket of each; -1 where it was not asked for. */
  bucketOfCell: Int32Array;
};

function stretchesOf({ packs, isByHour }: ToAddUp): Stretch[] {
  const width = isByHour ? WHOLE_DAY : 1;
  const together = Map.groupBy(
    packs,
    ({ unit: { period, starts, bucketOfSlot } }) =>
      `${period} ${isByHour ? starts : bucketOfSlot.find((bucket) => bucket >= 0)}`,
  );
  return [...together.values()].map((own) => {
    const bucketOfCell = new Int32Array(width).fill(-1);
    for (const { unit } of own) {
      for (const [slot, bucket] of unit.bucketOfSlot.entries()) if (bucket >= 0) bucketOfCell[slot % width] = bucket;
    }
    return { packs: own, period: own[0]?.unit.period ?? 0, bucketOfCell };
  });
}

type OfMembers = {
  /** The first cell of every member, then the second one of each, and so on. */
  sums: ExactSums;
  /** A cell for each member, of what is told by the whole UTC day alone; null where nothing is. */
  wholes: ExactSums | null;
};

type Summed = Omit<Stretch, "packs"> & { take: () => OfMembers };
type Known = { known: Members; shape: NumberShape };
type Summing = Known & { stretch: Stretch; room: Room; placer: Placer };

/** @param isKept whether its sums are kept for who takes them again */
function summing(question: ToAddUp, { stretch, isKept, ...known }: Summing & { isKept: boolean }): Summed {
  const { packs: _, ...rest } = stretch;
  let kept: OfMembers | null = null;
  const take = () => {
    const made = kept ?? sumsOf(question, { stretch, ...known });
    if (isKept) kept = made;
    return made;
  };
  return { ...rest, take };
}

const cellsOf = ({ periods }: ToAddUp) => periods.reduce((count, { buckets }) => count + buckets.length, 0);

function sumsOf({ segments }: ToAddUp, { stretch, known, shape, room, placer }: Summing): OfMembers {
  const { packs, bucketOfCell } = stretch;
  const width = bucketOfCell.length;
  const count = known.members.length;
  const sums = new ExactSums(count * width, shape);
  let wholes: ExactSums | null = null;
  for (const { streamId, unit, ...pack } of packs) {
    const segment = segmentOf(segments, unit);
    const hasWholes = pack.slots?.includes(WHOLE_DAY) === true;
    const cellOfSlot = unit.bucketOfSlot.map((bucket, slot) => (bucket < 0 ? -1 : (slot % width) * count));
    let numbers: Numbers | null = null;
    room.clear();
    for (const [layer, { ids, members, sign }] of known.layersOf(streamId, segment).entries()) {
      const wanted = { ids, cells: members };
      const of = `${streamId} ${segment} ${layer}`;
      const cells = placer.cellsOf(of, pack, { wanted, cellOfSlot });
      numbers ??= decodeNumbers(pack.values, cells.length, room);
      sums.add(numbers, cells, sign);
      if (!hasWholes) continue;
      wholes ??= new ExactSums(count, shape);
      const ofWhole = placer.cellsOf(`${of} whole`, pack, { wanted, cellOfSlot: wholeAlone(unit) });
      wholes.add(numbers, ofWhole, sign);
    }
  }
  sums.carry();
  wholes?.carry();
  return { sums, wholes };
}

const segmentOf = (segments: readonly UtcDay[], { starts }: Unit) =>
  Math.max(
    0,
    segments.findLastIndex((day) => day <= starts),
  );

const wholeAlone = ({ bucketOfSlot }: Unit) =>
  bucketOfSlot.map((bucket, slot) => (slot === WHOLE_DAY && bucket >= 0 ? 0 : -1));

/** The place of each group, from 1, or 0 for nobody's; undefined for those that have nothing but zeros. */
type Standing = { places: (number | undefined)[]; groupCount: number };

function rank(question: ToAddUp, { known, shape, stretches }: Known & { stretches: readonly Summed[] }): Standing {
  const all = upTo(known.members.length, (member) => member);
  const totals = new ExactSums(all.length, shape);
  // Of whom nothing but zeros has been seen: after a bucket or two hardly anybody.
  let idle = all;
  for (const { period, bucketOfCell, take } of stretches) {
    const { sums } = take();
    const firsts = [...bucketOfCell.keys()].map((cell) => cell * all.length);
    for (const first of firsts) idle = sums.zerosOf(idle, first);
    if (period === 0) for (const first of firsts) totals.addSums(sums, all, { first });
  }
  return placesOf(question, { known, totals, idle: new Set(idle) });
}

type Ranked = { known: Members; totals: ExactSums; idle: ReadonlySet<number> };

function placesOf({ isGrouped }: ToAddUp, { known: { groups, members }, totals, idle }: Ranked): Standing {
  totals.carry();
  const sizes: (bigint | undefined)[] = groups.map(() => undefined);
  for (const [member, { group, share }] of members.entries()) {
    if (totals.isTold[member]) sizes[group] = (sizes[group] ?? 0n) + totals.unitsOf(member) * share;
  }
  const isNobody = (group: number) => isGrouped && groups[group]?.isNobody === true;
  const there = [...new Set(members.flatMap(({ group }, member) => (idle.has(member) ? [] : [group])))];
  const named = there
    .filter((group) => !isNobody(group))
    .toSorted((a, b) => compare(sizes[a], sizes[b]) || compareKeys(groups[a], groups[b]));
  const places: Standing["places"] = groups.map(() => undefined);
  for (const [place, group] of named.entries()) places[group] = place + 1;
  for (const group of there.filter(isNobody)) places[group] = 0;
  return { places, groupCount: named.length };
}

/** The largest first, and last those that the range knows nothing of. */
function compare(a: bigint | undefined, b: bigint | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return Number(b > a) - Number(b < a);
}

/** Between groups of the same size. */
const compareKeys = (a: Group | undefined, b: Group | undefined) =>
  (a?.keys ?? []).reduce((found, key, i) => found || compareTexts(key, b?.keys[i] ?? ""), 0);

type OfPeriod = Known & { period: number; standing: Standing; stretches: readonly Summed[] };
type Line = { kind: GroupCells["kind"]; rank: number; keys: string[] };

/** Members of one line with the same share, whose figures can be added up before they are shared. */
type Part = { line: number; share: bigint };

function linesOf(question: ToAddUp, { period, known, shape, standing, stretches }: OfPeriod): GroupCells[] {
  const { groups, members } = known;
  const lines = new Numbered<Line>();
  const parts = new Numbered<Part>();
  const partOf = Int32Array.from(members, ({ group, share }) => {
    const line = lineOf(groups[group], standing.places[group], question.top);
    if (!line) return -1;
    const number = lines.numberOf(`${line.kind} ${line.rank}`, () => line);
    return parts.numberOf(`${number} ${share}`, () => ({ line: number, share }));
  });
  const buckets = question.periods[period]?.buckets ?? [];
  const count = parts.all.length;
  const sums = new ExactSums(count * buckets.length, shape);
  const wholes = new ExactSums(count, shape);
  for (const { bucketOfCell, take } of stretches) {
    const own = take();
    for (const [cell, bucket] of bucketOfCell.entries())
      if (bucket >= 0) sums.addSums(own.sums, partOf, { first: cell * members.length, base: bucket * count });
    if (own.wholes) wholes.addSums(own.wholes, partOf);
  }
  sums.carry();
  wholes.carry();
  const partsOfLine = Map.groupBy(parts.all.entries(), ([, part]) => part.line);
  return lines.all
    .map((line, number): GroupCells => {
      const own = partsOfLine.get(number) ?? [];
      const told = [...buckets.keys()].filter((bucket) => own.some(([part]) => sums.isTold[bucket * count + part]));
      const sumOf = (from: ExactSums, cellOf: (part: number) => number) =>
        decimalOf({
          units: own.reduce((sum, [part, { share }]) => sum + from.unitsOf(cellOf(part)) * share, 0n),
          digits: from.decimals + known.shareDigits,
        });
      return {
        ...line,
        period,
        groupCount: standing.groupCount,
        buckets: told.map((bucket) => buckets[bucket] ?? ""),
        values: told.map((bucket) => sumOf(sums, (part) => bucket * count + part)),
        whole: sumOf(wholes, (part) => part),
      };
    })
    .filter((line) => line.buckets.length > 0)
    .toSorted((a, b) => compareTexts(a.kind, b.kind) || a.rank - b.rank);
}

const compareTexts = (a: string, b: string) => Number(a > b) - Number(a < b);

function lineOf(group: Group | undefined, place: number | undefined, top: number): Line | null {
  if (!group || place === undefined) return null;
  if (place === 0) return { kind: "unattributed", rank: 0, keys: group.keys };
  if (place > top) return { kind: "other", rank: 0, keys: group.keys.map(() => "") };
  return { kind: "named", rank: place, keys: group.keys };
}
