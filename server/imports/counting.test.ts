import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideCounting, type FileList } from "@/server/imports/counting";
import { addUtcDays, type UtcDay } from "@/server/lib/time";

const day = (number: number): UtcDay => addUtcDays("2026-10-01", number);
const days = (...numbers: number[]) => new Set(numbers.map(day));

const someDays = fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 7 }).map((numbers) => days(...numbers));
const streams = ["costs.project", "costs.user", "usage.completions"] as const;

/** Files as they are stored: a list by user alone brings along what can be derived from it. */
const someFile = fc.record({
  kind: fc.constantFrom("project", "project with lines", "user", "both", "usage"),
  days: someDays,
});
type File = { kind: string; days: Set<UtcDay> };

function listsOf(files: readonly File[]): FileList[] {
  let streamId = 0;
  return files.flatMap(({ kind, days: covered }, index) => {
    const list = (stream: string, isOwn: boolean, hasLineItems: boolean): FileList => ({
      streamId: ++streamId,
      fileId: `file ${index}`,
      stream,
      isOwn,
      hasLineItems,
      days: covered,
    });
    if (kind === "usage") return [list("usage.completions", true, false)];
    if (kind === "user")
      return [list("costs.user", true, true), list("costs.project", false, true), list("costs.line_item", false, true)];
    if (kind === "both") return [list("costs.project", true, true), list("costs.user", true, true)];
    return [list("costs.project", true, kind === "project with lines")];
  });
}

const someSync = fc.record({ "costs.project": someDays, "costs.user": someDays, "usage.completions": someDays });
const toSynced = (sync: Record<string, Set<UtcDay>>) => new Map(Object.entries(sync));

/** Which lists count on a day. */
const countedOn = (lists: readonly FileList[], counted: ReturnType<typeof decideCounting>, at: UtcDay) =>
  lists.filter(({ streamId }) => counted.get(streamId)?.has(at));

describe("what counts of imported files", () => {
  it("is never two for one list and day, and none where the sync has the day", () => {
    fc.assert(
      fc.property(fc.array(someFile, { maxLength: 6 }), someSync, (files, sync) => {
        const lists = listsOf(files);
        const counted = decideCounting({ synced: toSynced(sync), lists });
        for (let number = 0; number <= 6; number++) {
          for (const stream of streams) {
            const found = countedOn(lists, counted, day(number)).filter((list) => list.stream === stream);
            const isSynced = sync[stream].has(day(number));
            const isOffered = lists.some((list) => list.stream === stream && list.days.has(day(number)));
            expect(found).toHaveLength(isOffered && !isSynced ? 1 : 0);
          }
        }
      }),
    );
  });

  it("is the newest that has the list itself, else the newest that it can be derived from", () => {
    fc.assert(
      fc.property(fc.array(someFile, { maxLength: 6 }), (files) => {
        const lists = listsOf(files);
        const counted = decideCounting({ synced: new Map(), lists });
        for (let number = 0; number <= 6; number++) {
          for (const stream of streams) {
            const offers = lists.filter((list) => list.stream === stream && list.days.has(day(number)));
            const expected = offers.find(({ isOwn }) => isOwn) ?? offers[0];
            const found = countedOn(lists, counted, day(number)).find((list) => list.stream === stream);
            expect(found).toBe(expected);
          }
        }
      }),
    );
  });

  it("stays what it was on days that a newer import does not cover", () => {
    fc.assert(
      fc.property(fc.array(someFile, { maxLength: 5 }), someFile, someSync, (files, newest, sync) => {
        const synced = toSynced(sync);
        const before = listsOf(files);
        const after = [...listsOf([newest]).map((list) => ({ ...list, streamId: -list.streamId })), ...before];
        const [then, now] = [before, after].map((lists) => decideCounting({ synced, lists }));
        for (let number = 0; number <= 6; number++) {
          if (newest.days.has(day(number)) || !then || !now) continue;
          expect(countedOn(after, now, day(number))).toEqual(countedOn(before, then, day(number)));
        }
      }),
    );
  });

  it("takes line items from the list by user where, and only where, a file's totals tell none", () => {
    fc.assert(
      fc.property(fc.array(someFile, { maxLength: 6 }), someSync, (files, sync) => {
        const lists = listsOf(files);
        const counted = decideCounting({ synced: toSynced(sync), lists });
        for (let number = 0; number <= 6; number++) {
          const found = countedOn(lists, counted, day(number));
          const of = (stream: string) => found.filter((list) => list.stream === stream);
          const [totals] = of("costs.project");
          const [byUser] = of("costs.user");
          const isWanted = totals?.isOwn === true && !totals.hasLineItems;
          const offered = lists.find((list) => list.stream === "costs.line_item" && list.fileId === byUser?.fileId);
          expect(of("costs.line_item")).toEqual(isWanted && offered ? [offered] : []);
        }
      }),
    );
  });
});
