export const secondsPerDay = 86_400;

/** The sandbox's time. It runs with the wall clock unless a fixed time is set. */
export class SandboxClock {
  private fixedAt: number | null;
  private offset = 0;

  /** @param now Unix seconds at which to stand still; null follows the wall clock. */
  constructor(now: number | null) {
    this.fixedAt = now;
  }

  /** Unix seconds, whole. */
  now(): number {
    return this.fixedAt ?? Math.floor(Date.now() / 1000) + this.offset;
  }

  set(now: number): void {
    this.fixedAt = now;
  }

  advance(seconds: number): void {
    if (this.fixedAt === null) this.offset += seconds;
    else this.fixedAt += seconds;
  }
}

/** Reads "2026-11-20", a full ISO timestamp or Unix seconds; throws a clear error otherwise. */
export function parseInstant(value: string | number): number {
  if (typeof value === "number" && Number.isFinite(value)) return Math.floor(value);
  if (typeof value === "string" && /^\d{9,11}$/.test(value)) return Number(value);
  const milliseconds = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new Error(`"${value}" is not a time: use ISO 8601 or Unix seconds`);
  return Math.floor(milliseconds / 1000);
}
