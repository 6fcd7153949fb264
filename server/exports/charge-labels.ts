import { assignedTags } from "@/server/allocation/assigned";
import { costCenterLabels } from "@/server/allocation/cost-center-labels";
import { findCostCenterNames } from "@/server/allocation/cost-centers";
import { labelFinder, type LabelledRow } from "@/server/allocation/label-finder";
import { labelsOfValues } from "@/server/allocation/resolve";
import type { OrgScope } from "@/server/auth/scope";
import type { Charge } from "@/server/exports/focus-row";
import type { CostFactRow } from "@/server/exports/read-facts.sql";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

type Said = Pick<Charge, "tags" | "costCenters">;
type Finder = ReturnType<typeof labelFinder>;

/** Of days, whose labels are in memory at once where pages of facts are short. */
const STRETCH_DAYS = 31;

/** Tags that are no words of the organization's own begin with it, as FOCUS wants. */
const TAG_PREFIX = "tollkeeper/";

/** What an organization says about charges, as it held on the day of each. */
export class ChargeLabels {
  readonly #scope: OrgScope;
  readonly #range: DayRange;
  #known: DayRange = { from: "", to: "" };
  #tagFinders: [key: string, find: Finder][] = [];
  #findShares: Finder = () => [];
  #centerNames: ReadonlyMap<string, string> = new Map();
  /** Of one day, by key and project. */
  readonly #said = new Map<string, Said>();
  #day = "";

  constructor(scope: OrgScope, range: DayRange) {
    this.#scope = scope;
    this.#range = range;
  }

  /** Facts come by day. */
  async learn(facts: readonly CostFactRow[]): Promise<void> {
    const [first, last] = [facts[0], facts.at(-1)];
    if (!first || !last) return;
    const [from, lastDay] = [toUtcDay(first.at), toUtcDay(last.at)];
    if (this.#known.from <= from && lastDay < this.#known.to) return;
    const [stretch, end] = [addUtcDays(from, STRETCH_DAYS), this.#range.to];
    const wanted = stretch < end ? stretch : end;
    await this.#load({ from, to: lastDay < wanted ? wanted : addUtcDays(lastDay, 1) });
  }

  async #load(range: DayRange) {
    const tags = await assignedTags(this.#scope);
    this.#tagFinders = [...tags].map(([key, assigned]) => [key, labelFinder(labelsOfValues(assigned, range))]);
    this.#findShares = labelFinder(await costCenterLabels(this.#scope, range));
    this.#centerNames = await findCostCenterNames(this.#scope);
    this.#known = range;
    this.#said.clear();
  }

  /** Only after `learn`. */
  of({ at, apiKeyId, projectId }: CostFactRow): Said {
    const day = toUtcDay(at);
    if (day !== this.#day) this.#said.clear();
    this.#day = day;
    const key = JSON.stringify([apiKeyId, projectId]);
    const said = this.#said.get(key) ?? this.#find({ day, api_key: apiKeyId, project: projectId });
    this.#said.set(key, said);
    return said;
  }

  #find(row: LabelledRow): Said {
    const shares = this.#findShares(row).flatMap(({ key, share }): [string, string][] => {
      const name = this.#centerNames.get(key);
      return name === undefined ? [] : [[name, share]];
    });
    const tags = this.#tagFinders.flatMap(([key, find]) =>
      find(row).map((label): [string, string] => [key, label.key]),
    );
    const [only] = shares;
    // A tag has one value: who bears but a part is told in shares alone.
    if (only?.[1] === "1") tags.push([`${TAG_PREFIX}cost_center`, only[0]]);
    return { tags: objectOf(tags), costCenters: objectOf(shares) };
  }
}

const objectOf = (pairs: readonly [string, string][]) => (pairs.length > 0 ? Object.fromEntries(pairs) : null);
