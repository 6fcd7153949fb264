/**
 * Puts bytes together. Names in any script make a text twice as wide, and turning it into UTF-8 takes longer than all else:
 * what is said again and again is turned once.
 */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(65_536);
  private length = 0;

  /** Digits and punctuation, as one byte each. */
  ascii(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, "latin1");
  }

  raw(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  /** What was written since the last call. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(2 * (this.length + more));
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }
}
