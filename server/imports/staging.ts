import type { TenantConnection } from "@/server/db/tenant";
import type { FileFormat } from "@/server/imports/constants";
import type { Bucket, BudgetEntry, CostEntry, Entry, LeftOut, NameEntry, UsageEntry } from "@/server/imports/entries";
import * as sql from "@/server/imports/held.sql";
import { LONGEST_ID } from "@/server/imports/json-rows";
import { RefusedFile } from "@/server/imports/refusal";
import { MS_PER_DAY, toUtcDay, type UtcDay } from "@/server/lib/time";
import { storableText } from "@/server/lib/text";
import type { BucketWidth } from "@/server/openai/streams";
import {
  addCosts,
  addUsage,
  type CostFacts,
  emptyCostFacts,
  emptyUsageFacts,
  noDimensions,
  normaliseUsage,
  type UsageFacts,
} from "@/server/usage/normalise";
import type { StreamRef } from "@/server/usage/series";

/** So many rows of a list are held in memory at most. */
const ROWS_AT_ONCE = 20_000;
const NAMES_AT_ONCE = 5_000;

/** So many are listed, with so many characters of each. */
const LISTED_OF_LEFT_OUT = 100;
const SHOWN_OF_LEFT_OUT = 100;

const TOTALS = "costs.project";
const BY_USER = "costs.user";

/** What a file turned out to hold. */
export type StagedFile = {
  format: FileFormat;
  rows: number;
  lists: string[];
  openaiOrgId: string | null;
  days: UtcDay[];
  openDays: UtcDay[];
  amount: string | null;
  names: number;
  /** Amounts above zero. */
  budgets: number;
  /** The first of what was left out. */
  leftOut: LeftOut[];
  leftOutCount: number;
  hasMore: boolean;
};

type Target = { orgId: string; connectionId: string; now: Date };

/** A list under way: its stream, once there is a row, and the rows that are not stored yet. */
type Pending = { stream: StreamRef; width: BucketWidth; facts: CostFacts | UsageFacts; places: Map<string, number> };

/** Stores a file's entries as they are read, held: nothing of them counts. */
export class Staging {
  readonly #client: TenantConnection;
  readonly #target: Target;
  readonly #pending = new Map<string, Pending>();
  readonly #covered = new Map<string, Map<number, Bucket>>();
  readonly #openDays = new Set<UtcDay>();
  readonly #organizations = new Set<string>();
  readonly #userIds = new Map<string, string>();
  readonly #dimensions = new Set<string>();
  readonly #names = new Map<string, NameEntry>();
  readonly #budgets = new Map<string, BudgetEntry>();
  readonly #leftOut: LeftOut[] = [];
  #leftOutCount = 0;
  #nameCount = 0;
  #format: FileFormat | null = null;
  #rows = 0;
  #hasMore = false;

  constructor(client: TenantConnection, target: Target) {
    this.#client = client;
    this.#target = target;
  }

  async add(entry: Entry): Promise<void> {
    switch (entry.kind) {
      case "format":
        this.#format = entry.format;
        return;
      case "covered":
        this.#cover(entry.bucket, entry.list ?? "");
        return;
      case "cost":
        return this.#addCost(entry);
      case "usage":
        return this.#addUsage(entry);
      case "name":
        return this.#addName(entry);
      case "budget":
        this.#addBudget(entry);
        return;
      case "left_out":
        this.#leaveOut(entry);
        return;
      case "organization":
        this.#organizations.add(storableText(entry.id));
        if (this.#organizations.size > 1)
          throw new RefusedFile("several_organizations", { what: [...this.#organizations].join(", ") });
        return;
      case "more":
        this.#hasMore = true;
        return;
      default:
        return entry satisfies never;
    }
  }

  /** @throws RefusedFile for a file with nothing in it */
  async finish(): Promise<StagedFile> {
    for (const pending of this.#pending.values()) await this.#flush(pending);
    await this.#flushNames();
    if (this.#budgets.size > 0) await sql.addBudgets(this.#client, this.#target, [...this.#budgets.values()]);
    const lists = await this.#settleLists();
    const isEmpty = lists.length === 0 && this.#nameCount === 0 && this.#budgets.size === 0;
    if (!this.#format || isEmpty) throw new RefusedFile("no_days");
    const totals = this.#pending.get(TOTALS);
    const days = new Set(lists.flatMap((list) => this.#bucketsOf(list).map(({ start }) => toUtcDay(new Date(start)))));
    return {
      format: this.#format,
      rows: this.#rows,
      lists,
      openaiOrgId: [...this.#organizations][0] ?? null,
      days: [...days].toSorted(),
      openDays: [...this.#openDays].toSorted(),
      amount: totals ? ((await sql.heldAmount(this.#client, this.#target.orgId, totals.stream.id)) ?? "0") : null,
      names: this.#nameCount,
      budgets: [...this.#budgets.values()].filter(({ amount }) => amount !== null).length,
      leftOut: this.#leftOut,
      leftOutCount: this.#leftOutCount,
      hasMore: this.#hasMore,
    };
  }

  #cover(bucket: Bucket, list: string) {
    if (!this.#isOver(bucket)) return;
    const buckets = this.#covered.get(list) ?? new Map<number, Bucket>();
    this.#covered.set(list, buckets.set(bucket.start, bucket));
  }

  /** The figures of a day that is not over would pass for those of all of it. */
  #isOver({ start }: Bucket): boolean {
    const dayStart = Math.floor(start / MS_PER_DAY) * MS_PER_DAY;
    const isOver = dayStart + MS_PER_DAY <= this.#target.now.getTime();
    if (!isOver) this.#openDays.add(toUtcDay(new Date(start)));
    return isOver;
  }

  async #addCost(entry: CostEntry): Promise<void> {
    if (!this.#isOver(entry.bucket)) return;
    this.#rows += 1;
    const { projectId, apiKeyId, lineItem, model, currency, quantityUnit } = textsOf(entry);
    const userId = await this.#userOf(entry.userId, entry.userEmail);
    this.#note({ project_id: projectId, api_key_id: apiKeyId, line_item: lineItem, user_id: userId });
    const common = { ...noDimensions, lineItem, model, currency, quantityUnit };
    const row = { bucketStart: entry.bucket.start, amount: entry.amount, quantity: entry.quantity };
    for (const [name, dimensions] of [
      [TOTALS, { ...common, projectId, apiKeyId }],
      [BY_USER, { ...common, userId }],
    ] as const) {
      const pending = await this.#list(name, "1d");
      if (pending.facts.kind !== "costs") throw new Error(`${name} is no list of costs`);
      pending.facts.rows.push({ ...row, series: pending.facts.series.numberOf(dimensions) });
      mergeLast(pending.facts.rows, pending.places, addCosts);
      if (pending.facts.rows.length >= ROWS_AT_ONCE) await this.#flush(pending);
    }
  }

  async #addUsage({ bucket, endpoint, row, userEmail }: UsageEntry): Promise<void> {
    if (!this.#isOver(bucket)) return;
    this.#rows += 1;
    const width: BucketWidth = bucket.end - bucket.start === MS_PER_DAY ? "1d" : "1h";
    const pending = await this.#list(`usage.${endpoint}`, width);
    if (pending.facts.kind !== "usage") throw new Error(`${endpoint} is no list of usage`);
    const user_id = await this.#userOf(row.dimensions.user_id ?? null, userEmail);
    const results = [{ ...row, dimensions: { ...row.dimensions, user_id } }];
    const before = pending.facts.rows.length;
    const times = { startTime: bucket.start / 1000, endTime: bucket.end / 1000 };
    normaliseUsage(endpoint, { ...times, results, skipped: [] }, pending.facts);
    if (pending.facts.rows.length > before) mergeLast(pending.facts.rows, pending.places, addUsage);
    if (pending.facts.rows.length >= ROWS_AT_ONCE) await this.#flush(pending);
  }

  async #addName(entry: NameEntry): Promise<void> {
    const key = `${entry.item} ${entry.id}`;
    const former = this.#names.get(key);
    this.#names.set(key, former ? { ...entry, name: entry.name ?? former.name } : entry);
    if (this.#names.size >= NAMES_AT_ONCE) await this.#flushNames();
  }

  /** The last one of a project counts. */
  #addBudget(entry: BudgetEntry) {
    const { projectId: id, amount } = entry;
    const isId = id !== "" && id.length <= LONGEST_ID && id === storableText(id);
    if (isId) this.#budgets.set(id, entry);
    else this.#leaveOut({ place: id, given: amount ?? "0" });
  }

  #leaveOut({ place, given }: LeftOut) {
    this.#leftOutCount += 1;
    if (this.#leftOut.length >= LISTED_OF_LEFT_OUT) return;
    const shown = (text: string) => storableText(text.slice(0, SHOWN_OF_LEFT_OUT));
    this.#leftOut.push({ place: shown(place), given: shown(given) });
  }

  #note(dimensions: Record<string, string | null>) {
    for (const [name, value] of Object.entries(dimensions)) if (value !== null) this.#dimensions.add(name);
  }

  /** A person's id; of one who is known by address alone what the directory knows, else the address. */
  async #userOf(userId: string | null, email: string | null): Promise<string | null> {
    if (userId || !email) return userId && storableText(userId);
    const known = this.#userIds.get(email);
    if (known) return known;
    const found = (await sql.findUserId(this.#client, this.#target.orgId, email)) ?? storableText(email);
    this.#userIds.set(email, found);
    return found;
  }

  /** One list has buckets of one width: parts of an hour and whole days are not mixed in a file. */
  async #list(name: string, width: BucketWidth): Promise<Pending> {
    const known = this.#pending.get(name);
    if (known) return known;
    const { orgId, connectionId } = this.#target;
    const stream = await sql.addStream(this.#client, orgId, { connectionId, name });
    const facts = name.startsWith("costs.") ? emptyCostFacts() : emptyUsageFacts();
    const made: Pending = { stream, width, facts, places: new Map() };
    this.#pending.set(name, made);
    return made;
  }

  async #flush(pending: Pending) {
    if (pending.facts.rows.length === 0) return;
    await sql.holdFacts(this.#client, { orgId: this.#target.orgId, ...pending }, pending.facts);
    pending.facts = pending.facts.kind === "costs" ? emptyCostFacts() : emptyUsageFacts();
    pending.places.clear();
  }

  async #flushNames() {
    if (this.#names.size === 0) return;
    await sql.addNames(this.#client, this.#target, [...this.#names.values()]);
    this.#nameCount += this.#names.size;
    this.#names.clear();
  }

  #bucketsOf = (list: string): Bucket[] => [
    ...(this.#covered.get("")?.values() ?? []),
    ...(this.#covered.get(list)?.values() ?? []),
  ];

  /**
   * Costs were stored as both of the provider's lists. The file has the list by user if it names any person, the list of
   * totals if it names a project or a key, or nobody; what is left of totals beside a list by user is derived from it.
   */
  async #settleLists(): Promise<string[]> {
    const { orgId } = this.#target;
    const hasUsers = this.#dimensions.has("user_id");
    const hasTotals = !hasUsers || this.#dimensions.has("project_id") || this.#dimensions.has("api_key_id");
    await this.#coverOnly();
    const lists: string[] = [];
    for (const [name, { stream }] of this.#pending) {
      if (name === BY_USER && !hasUsers) {
        await sql.dropStream(this.#client, orgId, stream);
        continue;
      }
      const grouping = groupingOf(name, this.#dimensions);
      await sql.describeStream(this.#client, { orgId, stream }, { buckets: this.#bucketsOf(name), grouping });
      if (name !== TOTALS || hasTotals) lists.push(name);
      else await sql.deriveLineItems(this.#client, orgId, stream);
    }
    return lists;
  }

  /** Lists whose days have no row at all. */
  async #coverOnly() {
    for (const list of this.#covered.keys()) if (list !== "") await this.#list(list, "1d");
    if (this.#pending.size === 0 && this.#covered.has("") && this.#format?.includes("cost"))
      await this.#list(TOTALS, "1d");
  }
}

const groupingOf = (list: string, dimensions: ReadonlySet<string>) => {
  if (list === TOTALS) return ["project_id", "line_item", "api_key_id"].filter((name) => dimensions.has(name));
  if (list === BY_USER) return ["user_id", "line_item"].filter((name) => dimensions.has(name));
  return [];
};

/** If the last row is a second one of its series and bucket, adds it to the first. */
function mergeLast<Row extends { series: number; bucketStart: number }>(
  rows: Row[],
  places: Map<string, number>,
  addUp: (a: Row, b: Row) => Row,
) {
  const last = rows.at(-1);
  if (!last) return;
  const key = `${last.bucketStart} ${last.series}`;
  const place = places.get(key);
  const twin = place === undefined ? undefined : rows[place];
  if (place === undefined || !twin) {
    places.set(key, rows.length - 1);
    return;
  }
  rows[place] = addUp(twin, last);
  rows.pop();
}

type Texts = "projectId" | "apiKeyId" | "lineItem" | "model" | "currency" | "quantityUnit";

/** As PostgreSQL can hold them, at most a thousand characters each. */
function textsOf(entry: CostEntry): Pick<CostEntry, Texts> {
  const clean = (text: string | null) => text && storableText(text.slice(0, 1000));
  return {
    projectId: clean(entry.projectId),
    apiKeyId: clean(entry.apiKeyId),
    lineItem: clean(entry.lineItem),
    model: clean(entry.model),
    currency: clean(entry.currency) ?? "usd",
    quantityUnit: clean(entry.quantityUnit),
  };
}
