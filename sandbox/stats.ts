export interface StatsReport {
  total: number;
  concurrent: number;
  concurrentPeak: number;
  rateLimited: number;
  /** "GET /v1/organization/costs" -> calls. */
  calls: Record<string, number>;
  statuses: Record<string, number>;
}

/** Counts what the admin API was asked. Control calls are not counted. */
export class Stats {
  private concurrent = 0;
  private peak = 0;
  private rateLimited = 0;
  private calls = new Map<string, number>();
  private statuses = new Map<number, number>();

  begin(method: string, path: string): void {
    this.concurrent += 1;
    this.peak = Math.max(this.peak, this.concurrent);
    const name = `${method} ${path}`;
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  end(status: number): void {
    this.concurrent -= 1;
    if (status === 429) this.rateLimited += 1;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  report(): StatsReport {
    const total = [...this.calls.values()].reduce((sum, count) => sum + count, 0);
    return {
      total,
      concurrent: this.concurrent,
      concurrentPeak: this.peak,
      rateLimited: this.rateLimited,
      calls: Object.fromEntries(this.calls),
      statuses: Object.fromEntries(this.statuses),
    };
  }

  reset(): void {
    this.peak = this.concurrent;
    this.rateLimited = 0;
    this.calls = new Map();
    this.statuses = new Map();
  }
}
