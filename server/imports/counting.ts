import type { UtcDay } from "@/server/lib/time";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";

/** One list of an imported file, with the UTC days that it covers. */
export type FileList = {
  streamId: number;
  fileId: string;
  stream: string;
  /** In the file itself; other lists were derived from it and fill in where nobody has one. */
  isOwn: boolean;
  hasLineItems: boolean;
  days: ReadonlySet<UtcDay>;
};

export type Counting = {
  /** The days of each list that a sync has covered, or begun. */
  synced: ReadonlyMap<string, ReadonlySet<UtcDay>>;
  /** Newest import first, and in it the last file first. */
  lists: readonly FileList[];
};

const TOTALS = "costs.project";
const BY_USER = "costs.user";

/**
 * Pure: which days of which file count, for the files of one OpenAI organization. Per list and day that is
 * 1. none, where the sync has the day;
 * 2. else the newest file that has the list itself;
 * 3. else the newest that it could be derived from: a day's total, where no file has totals, is what the list by user adds
 *    up to.
 * The line items of the list by user count beside totals that tell none, as far as both come from files.
 */
export function decideCounting({ synced, lists }: Counting): Map<number, Set<UtcDay>> {
  const winners = winnersOf({ synced, lists: lists.filter(({ stream }) => stream !== LINE_ITEM_STREAM) });
  const counted = new Map<number, Set<UtcDay>>(lists.map(({ streamId }) => [streamId, new Set()]));
  for (const [stream, byDay] of winners) {
    for (const [day, list] of byDay) {
      counted.get(list.streamId)?.add(day);
      if (stream !== TOTALS || !list.isOwn || list.hasLineItems) continue;
      const lines = linesOf(lists, winners.get(BY_USER)?.get(day), day);
      if (lines) counted.get(lines.streamId)?.add(day);
    }
  }
  return counted;
}

function winnersOf({ synced, lists }: Counting) {
  const winners = new Map<string, Map<UtcDay, FileList>>();
  for (const list of [...lists.filter(({ isOwn }) => isOwn), ...lists.filter(({ isOwn }) => !isOwn)]) {
    const byDay = winners.get(list.stream) ?? new Map<UtcDay, FileList>();
    winners.set(list.stream, byDay);
    for (const day of list.days) {
      if (!synced.get(list.stream)?.has(day) && !byDay.has(day)) byDay.set(day, list);
    }
  }
  return winners;
}

const linesOf = (lists: readonly FileList[], byUser: FileList | undefined, day: UtcDay) =>
  byUser &&
  lists.find(({ stream, fileId, days }) => stream === LINE_ITEM_STREAM && fileId === byUser.fileId && days.has(day));
