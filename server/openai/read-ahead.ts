import { setImmediate } from "node:timers/promises";

/**
 * How many bytes of answers may lie in memory unused, all calls that share it together. A call that holds none may
 * always read on, so that none waits for ever.
 */
export class ReadAheadBudget {
  readonly #most: number;
  #held = 0;
  #hasArrived = false;
  #lastTurn = Promise.resolve();
  #change = Promise.withResolvers<void>();

  constructor(most: number) {
    this.#most = most;
  }

  get hasRoom() {
    return this.#held < this.#most;
  }

  /** Of both signs. */
  add(bytes: number) {
    this.#held += bytes;
    if (bytes > 0) {
      this.#hasArrived = true;
      return;
    }
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  /** Resolves when bytes were given back. */
  changed(): Promise<void> {
    return this.#change.promise;
  }

  /**
   * Resolves when it is a reader's turn. There is one each turn of the event loop, whosever it is: what arrives meanwhile
   * waits for no more than that. While something arrives and has room there is none, so that a large answer does not take
   * turns with its own reading, and its call's place is soon free.
   */
  readersTurn(): Promise<void> {
    this.#lastTurn = this.#lastTurn.then(() => this.#quietTurn());
    return this.#lastTurn;
  }

  async #quietTurn() {
    do {
      this.#hasArrived = false;
      await setImmediate();
    } while (this.#hasArrived && this.hasRoom);
  }
}

/**
 * Receives a body as fast as it comes, ahead of whoever uses it: the sender, and the next call, need not wait until this
 * one's bytes are understood.
 */
export class ReadAhead {
  /** Resolves when no more bytes come, whatever the reason; a body that broke off tells `chunks`. */
  readonly received: Promise<void>;
  /** Bytes received so far. */
  size = 0;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #budget: ReadAheadBudget;
  readonly #onProgress: () => void;
  #queue: Uint8Array[] = [];
  #isClosed = false;
  #failure: { error: unknown } | null = null;
  #change = Promise.withResolvers<void>();

  /** @param onProgress is called whenever something arrives, or would if there were room for it */
  constructor(body: ReadableStream<Uint8Array> | null, budget: ReadAheadBudget, onProgress: () => void) {
    this.#reader = body?.getReader();
    this.#budget = budget;
    this.#onProgress = onProgress;
    this.received = this.#receive().catch((error: unknown) => {
      this.#failure = { error };
    });
  }

  /** What was received, in order. Everything else gets its turn between two chunks. */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    let isOver = false;
    void this.received.then(() => {
      isOver = true;
      this.#change.resolve();
    });
    for (;;) {
      const chunk = this.#queue.shift();
      if (chunk) {
        this.#budget.add(-chunk.length);
        yield chunk;
        await this.#budget.readersTurn();
      } else if (isOver) {
        break;
      } else {
        await this.#change.promise;
        this.#change = Promise.withResolvers();
      }
    }
    if (this.#failure) throw this.#failure.error;
  }

  /** Nobody wants the rest any more: hangs up where something still comes. */
  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { length } of this.#queue.splice(0)) this.#budget.add(-length);
    this.#reader?.cancel().catch(() => {});
  }

  async #receive() {
    for (;;) {
      const next = await this.#reader?.read();
      if (!next || next.done || this.#isClosed) return;
      this.#onProgress();
      this.size += next.value.length;
      this.#budget.add(next.value.length);
      this.#queue.push(next.value);
      this.#change.resolve();
      while (this.#queue.length > 0 && !this.#budget.hasRoom) {
        await this.#budget.changed();
        this.#onProgress();
      }
    }
  }
}
