const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
/** Set in `{` and `}`, clear in `[` and `]`; otherwise they are the same. */
const BRACE_BIT = 0x20;
const OPENING = OPENING_BRACKET | BRACE_BIT;
const CLOSING = 0x7d;

/**
 * Cuts a JSON document like `{"object": "page", "data": [{...}, {...}], "next_page": null}` into the elements of one of
 * its lists while it arrives, so that no more than an element is held. It finds where texts and brackets begin and end,
 * nothing else: elements and frame are JSON for JSON.parse, which refuses what is not.
 */
export class ListScanner {
  readonly #beforeList: RegExp;
  /** Of the element or of the frame, whichever is under way. */
  #pieces: Uint8Array[] = [];
  #frame = "";
  #depth = 0;
  #isInList = false;
  #isInText = false;
  /** The chunk ended between a backslash and what it escapes. */
  #isEscaped = false;

  /** @param field of the outermost object: the list to cut */
  constructor(field: string) {
    this.#beforeList = new RegExp(`"${field}"\\s*:\\s*$`);
  }

  /** Texts of the objects and lists in the list that end in this chunk. */
  push(chunk: Uint8Array): string[] {
    const elements: string[] = [];
    let from = 0;
    let at = this.#isInText ? this.#endOfText(chunk, 0) : 0;
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) {
        at = this.#endOfText(chunk, at + 1);
        continue;
      }
      if ((byte | BRACE_BIT) === OPENING) {
        from = this.#open(chunk, from, at);
      } else if ((byte | BRACE_BIT) === CLOSING && this.#close()) {
        elements.push(this.#take(chunk.subarray(from, at + 1)));
        this.#frame += "0";
        from = at + 1;
      }
      at++;
    }
    this.#pieces.push(chunk.subarray(from));
    return elements;
  }

  /** The document with 0 in place of every element that was given out. */
  frame(): string {
    this.#frame += this.#take();
    return this.#frame;
  }

  /** A bracket opens at `at`; gives where the part that is under way from then on begins. */
  #open(chunk: Uint8Array, from: number, at: number): number {
    const isElement = this.#isInList && this.#depth === 2;
    const isOutermostField = this.#depth === 1;
    this.#depth++;
    if (!isElement && !isOutermostField) return from;
    this.#frame += this.#take(chunk.subarray(from, at));
    if (isOutermostField) this.#isInList = chunk[at] === OPENING_BRACKET && this.#beforeList.test(this.#frame);
    return at;
  }

  /** A bracket closes; tells whether it was an element's. */
  #close(): boolean {
    this.#depth--;
    if (this.#depth < 2) this.#isInList = false;
    return this.#isInList && this.#depth === 2;
  }

  /** The place behind the text that `start` is in. Most of the document is text: this loop is what scanning costs. */
  #endOfText(chunk: Uint8Array, start: number): number {
    let at = start + (this.#isEscaped ? 1 : 0);
    for (; at < chunk.length && chunk[at] !== QUOTE; at++) if (chunk[at] === BACKSLASH) at++;
    this.#isInText = at >= chunk.length;
    this.#isEscaped = at > chunk.length;
    return at + 1;
  }

  #take(...last: Uint8Array[]): string {
    const text = Buffer.concat([...this.#pieces, ...last]).toString("utf8");
    this.#pieces = [];
    return text;
  }
}
