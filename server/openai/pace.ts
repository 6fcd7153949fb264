/** What one response says about the request limit. */
export type RateHeaders = { limit: number | null; remaining: number | null; resetMs: number | null };

const minuteMs = 60_000;
const slowestPerMs = 6 / minuteMs;
/** A learned pace stays this much below what was measured, so that small clock differences do not add up to a 429. */
const caution = 0.95;

/**
 * The arithmetic of pacing, without a clock: every method is told the time in milliseconds.
 *
 * A token bucket which starts unlimited. It learns from `x-ratelimit-*` headers where there are any (`remaining` is
 * believed at once, less the calls still under way; the rate is the limit per minute, or per the longest reset seen),
 * and otherwise from a 429: what got through in the last minute is what the provider allows in a minute, unless the
 * wait it asks for lets hope for more.
 */
export class Pace {
  #headerRatePerMs = Number.POSITIVE_INFINITY;
  #learnedRatePerMs = Number.POSITIVE_INFINITY;
  #burst = 1;
  #tokens = Number.POSITIVE_INFINITY;
  #refilledAt = 0;
  #blockedUntil = 0;
  #inFlight = 0;
  #limit: number | null = null;
  #periodMs = minuteMs;
  #lastSlowedAt = Number.NEGATIVE_INFINITY;
  #warnedUntil = Number.NEGATIVE_INFINITY;
  #accepted = new RecentCount();

  /** Milliseconds until a call may start; 0 when it may now. */
  delayMs(now: number): number {
    this.#refill(now);
    if (now < this.#blockedUntil) return this.pauseMs(now);
    if (this.#tokens >= 1) return 0;
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.ratePerMs));
  }

  start(now: number): void {
    this.#refill(now);
    this.#tokens -= 1;
    this.#inFlight += 1;
  }

  /** The call that was started has ended. `wasAccepted`: it was not turned away by the rate limit. */
  finish(now: number, wasAccepted: boolean): void {
    this.#inFlight -= 1;
    if (!wasAccepted) return;
    this.#accepted.add(now);
    if (Number.isFinite(this.#learnedRatePerMs) && now - this.#lastSlowedAt >= minuteMs) {
      this.#learnedRatePerMs *= 1.25;
      this.#lastSlowedAt = now;
    }
  }

  /** Learns from a response, before `finish` of its call. */
  observe(now: number, { limit, remaining, resetMs }: RateHeaders): void {
    if (limit === null || limit <= 0 || remaining === null) return;
    if (limit !== this.#limit) this.#periodMs = minuteMs;
    this.#limit = limit;
    this.#burst = limit;
    this.#periodMs = Math.max(this.#periodMs, resetMs ?? 0);
    this.#headerRatePerMs = limit / this.#periodMs;
    this.#tokens = remaining - Math.max(0, this.#inFlight - 1);
    this.#refilledAt = now;
  }

  /** A call that started at `startedAt` got a 429. Calls of the same volley slow the pace down only once. */
  rejected(now: number, startedAt: number, retryAfterMs: number | null): void {
    this.#block(now + (retryAfterMs ?? 1_000));
    if (startedAt <= this.#lastSlowedAt) return;
    this.#lastSlowedAt = now;
    if (this.#isFirstHint(now)) return;
    this.#tokens = Math.min(this.#tokens, 0);
    this.#refilledAt = now;
    const measured = Math.max(this.#accepted.within(now) / minuteMs, 1 / Math.max(retryAfterMs ?? minuteMs, 1_000));
    const wasLearned = Number.isFinite(this.#learnedRatePerMs);
    const ratePerMs = wasLearned ? this.#learnedRatePerMs * 0.8 : measured * caution;
    this.#learnedRatePerMs = Math.max(ratePerMs, slowestPerMs);
  }

  /**
   * After few calls a 429 says little about our own pace: others may have used the limit up, or this process before it
   * was restarted. The pause is obeyed; a pace is learned only if there is another refusal soon after it.
   */
  #isFirstHint(now: number): boolean {
    const isFirst = this.#accepted.within(now) < 10 && now > this.#warnedUntil;
    if (isFirst) this.#warnedUntil = this.#blockedUntil + minuteMs;
    return isFirst && !Number.isFinite(this.#learnedRatePerMs);
  }

  /** How long the provider asked us to be silent. */
  pauseMs(now: number): number {
    return Math.max(0, Math.ceil(this.#blockedUntil - now));
  }

  #block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until);
  }

  get ratePerMs(): number {
    return Math.min(this.#headerRatePerMs, this.#learnedRatePerMs);
  }

  #refill(now: number): void {
    const elapsed = Math.max(0, now - this.#refilledAt);
    this.#refilledAt = Math.max(now, this.#refilledAt);
    if (elapsed > 0 && Number.isFinite(this.ratePerMs)) {
      this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.ratePerMs);
    }
  }
}

/** How many events fell into the last minute, to the second. */
class RecentCount {
  #seconds: { at: number; count: number }[] = [];

  add(now: number): void {
    const at = Math.floor(now / 1_000);
    const last = this.#seconds.at(-1);
    if (last?.at === at) last.count += 1;
    else this.#seconds.push({ at, count: 1 });
    if (this.#seconds.length > 61) this.#seconds.shift();
  }

  within(now: number): number {
    const from = Math.floor((now - minuteMs) / 1_000);
    return this.#seconds.reduce((sum, second) => (second.at > from ? sum + second.count : sum), 0);
  }
}
