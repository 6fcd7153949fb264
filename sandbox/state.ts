import { SandboxClock } from "./clock";
import { Faults } from "./faults";
import { Organizations } from "./org/organizations";
import { Pacing } from "./pacing";
import { Stats } from "./stats";
import { defaultSwitches, type Switches } from "./switches";
import { CostBook } from "./generate/cost-book";

interface SandboxOptions {
  seed: number;
  scale: number;
  historyDays: number;
  /** Unix seconds at which the clock stands still; null follows the wall clock. */
  now: number | null;
}

/** Everything that a running sandbox knows and that the control endpoints change. */
export class SandboxState {
  readonly faults = new Faults();
  readonly pacing = new Pacing();
  readonly stats = new Stats();
  readonly costBook = new CostBook();
  clock: SandboxClock;
  organizations: Organizations;
  switches: Switches = defaultSwitches();

  constructor(readonly options: SandboxOptions) {
    this.clock = new SandboxClock(options.now);
    this.organizations = new Organizations({ ...options, now: this.clock.now() });
  }

  /** Back to the state after the start: clock, data, faults, switches and statistics. */
  reset(): void {
    this.clock = new SandboxClock(this.options.now);
    this.organizations = new Organizations({ ...this.options, now: this.clock.now() });
    this.faults.reset();
    this.pacing.reset();
    this.stats.reset();
    this.costBook.reset();
    this.switches = defaultSwitches();
  }
}
