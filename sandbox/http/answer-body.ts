import { setImmediate as nextTurn } from "node:timers/promises";
import { JsonText } from "./router";

/** While a piece is made, other answers wait. */
const pieceBytes = 250_000;

/** What is made before the answer begins, at most. A page of the default organization is smaller. */
const readyBytes = 16_000_000;

/** The bytes of an answer, made while it is not due yet. */
export class AnswerBody {
  private readonly pieces: Iterator<Buffer>;
  private made: Buffer[] = [];
  private isOver = false;

  constructor(answer: object | JsonText) {
    const texts = answer instanceof JsonText ? answer.pieces : [JSON.stringify(answer)];
    this.pieces = piecesOf(texts);
  }

  /** Makes the first piece, and more of them until `dueAt` (by performance.now()) or until enough is ready. */
  async prepare(dueAt: number): Promise<void> {
    for (let size = 0; size < readyBytes; size += this.made.at(-1)?.length ?? 0) {
      const { done, value } = this.pieces.next();
      if (done) {
        this.isOver = true;
        return;
      }
      this.made.push(value);
      this.isOver = value.length < pieceBytes;
      if (this.isOver || performance.now() >= dueAt) return;
      await nextTurn();
    }
  }

  /** Whether nothing comes after what is ready. */
  get isComplete(): boolean {
    return this.isOver;
  }

  ready(): Buffer {
    const beginning = Buffer.concat(this.made);
    this.made = [];
    return beginning;
  }

  /** What comes after it. */
  *rest(): Generator<Buffer> {
    for (let next = this.pieces.next(); !next.done; next = this.pieces.next()) yield next.value;
  }
}

/**
 * Only the last piece is shorter than the others. Texts become bytes one by one: to put long ones together costs more
 * than to make them.
 */
function* piecesOf(texts: Iterable<string | Buffer>): Generator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for (const text of texts) {
    const part = typeof text === "string" ? Buffer.from(text) : text;
    parts.push(part);
    size += part.length;
    if (size < pieceBytes) continue;
    yield Buffer.concat(parts, size);
    parts = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}
