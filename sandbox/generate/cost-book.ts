import { secondsPerDay } from "../clock";
import type { Organization } from "../org/types";
import { type CostEntry, costsOfDay } from "./costs";

interface Page {
  revision: number;
  /** Whole minute up to which an unfinished day was billed; Infinity once it is over. */
  until: number;
  entries: CostEntry[];
}

const maxEntries = 600_000;

/** Remembers the bills of days that were asked for, within a bound. */
export class CostBook {
  private pages = new Map<string, Page>();
  private size = 0;

  day(org: Organization, day: number, now: number): CostEntry[] {
    const until = now >= (day + 1) * secondsPerDay ? Infinity : Math.floor(now / 60);
    const key = `${org.id}|${day}`;
    const known = this.pages.get(key);
    if (known && known.revision === org.revision && known.until === until) return known.entries;
    if (known) this.size -= known.entries.length;
    const entries = costsOfDay(org, day, now);
    if (this.size + entries.length > maxEntries) this.reset();
    this.pages.set(key, { revision: org.revision, until, entries });
    this.size += entries.length;
    return entries;
  }

  reset(): void {
    this.pages = new Map();
    this.size = 0;
  }
}
