import { MS_PER_DAY } from "@/server/lib/time";
import { ProviderError } from "@/server/openai/errors";
import type { Bucket, BucketSink } from "@/server/openai/pages";
import { type BucketWidth, bucketMs } from "@/server/openai/streams";
import type { Range } from "@/server/sync/ranges";
import type { CostFacts, UsageFacts } from "@/server/usage/normalise";

/** Rows that make a part: what a window holds in memory, however long its page. Whole days where the days are small. */
const ROWS_OF_DAYS = 20_000;
const MOST_ROWS = 100_000;

export type AskedWindow = {
  /** Epoch milliseconds, whole buckets. */
  window: Range;
  width: BucketWidth;
  /** When the provider was asked: buckets that end later may not be there yet. */
  fetchedAt: Date;
};

/**
 * A piece of a window with all its facts. The parts of a window come in the order of time and leave no gap, but for buckets
 * that hold results which cannot be read.
 */
export type WindowPart<Facts extends CostFacts | UsageFacts = CostFacts | UsageFacts> = Range & {
  facts: Facts;
  /** Whether the window is complete with it. */
  isLast: boolean;
};

type Options<Row, Facts extends CostFacts | UsageFacts> = AskedWindow & {
  empty: () => Facts;
  /** Adds a bucket to facts that do not hold it yet. */
  add: (bucket: Bucket<Row>, facts: Facts) => void;
  store: (part: WindowPart<Facts>) => Promise<void>;
};

/**
 * Cuts a window into parts while it arrives and has each stored before more is read. What a page that is asked for
 * again brings a second time is passed over.
 *
 * The provider sends the buckets in the order of time, idle ones too, with `results: []` (its reference of usage and
 * costs): a closed bucket that is absent, one that comes twice or one that was not asked for is a broken answer, never
 * "nothing was spent", and nothing from there on is stored.
 */
export class WindowParts<Row, Facts extends CostFacts | UsageFacts> implements BucketSink<Row> {
  readonly #options: Options<Row, Facts>;
  #facts: Facts;
  #unreadable: string | null = null;
  /** What lies before is stored, or left out. */
  #stored: number;
  /** Where the page under way begins. */
  #pageStart: number;
  /** Where the next bucket must begin. */
  #next: number;
  #storing = Promise.resolve();
  #isClosed = false;

  constructor(options: Options<Row, Facts>) {
    this.#options = options;
    this.#facts = options.empty();
    this.#stored = this.#pageStart = this.#next = options.window.start;
  }

  restart() {
    this.#begin(this.#stored);
    this.#next = this.#pageStart;
  }

  /** @throws ProviderError transient, invalid_body */
  async take(bucket: Bucket<Row>) {
    if (this.#isClosed) throw new Error("nobody waits for this window any more");
    const { window, width, add } = this.#options;
    const start = bucket.startTime * 1000;
    if (start !== this.#next || start >= window.end) throw brokenBody();
    this.#next += bucketMs[width];
    if (start < this.#stored) return;
    const isDay = start % MS_PER_DAY === 0;
    if (this.#facts.rows.length >= (isDay ? ROWS_OF_DAYS : MOST_ROWS)) await this.#store(start, false);
    if (bucket.skipped[0]) await this.#leaveOut(start, bucket.skipped[0].reason);
    else add(bucket, this.#facts);
  }

  async keep() {
    this.#pageStart = this.#next;
    if (this.#next > this.#stored) await this.#store(this.#next, false);
  }

  /**
   * Stores what is left: the window is complete, but for buckets that were left out. Tells what was wrong with one of
   * them, null where all could be read.
   * @throws ProviderError transient, invalid_body where it is not
   */
  async finish(): Promise<string | null> {
    const { window, width, fetchedAt } = this.#options;
    const closedEnd = Math.min(window.end, fetchedAt.getTime());
    if (this.#next + bucketMs[width] <= closedEnd) throw brokenBody();
    if (this.#stored < window.end || this.#unreadable === null)
      await this.#store(window.end, this.#unreadable === null);
    return this.#unreadable;
  }

  /** Takes nothing more, and waits for what is being stored: a call that was given up does not stop by itself. */
  async close() {
    this.#isClosed = true;
    await this.#storing.catch(() => {});
  }

  /** What was stored of the bucket before stays, rather than a part of what is there now. */
  async #leaveOut(start: number, reason: string) {
    if (start > this.#stored) await this.#store(start, false);
    this.#begin(start + bucketMs[this.#options.width]);
    this.#unreadable ??= reason;
  }

  async #store(end: number, isLast: boolean) {
    const part = { start: this.#stored, end, facts: this.#facts, isLast };
    this.#storing = this.#options.store(part);
    await this.#storing;
    this.#begin(end);
  }

  #begin(at: number) {
    this.#facts = this.#options.empty();
    this.#stored = at;
  }
}

const brokenBody = () => new ProviderError("transient", { code: "invalid_body" });
