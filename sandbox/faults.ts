import { ApiError } from "./http/errors";

/** How often a fault strikes: the next `count` matching calls, or every n-th of them. */
export interface Frequency {
  count?: number | undefined;
  everyN?: number | undefined;
}

interface FaultPlan {
  /** Only calls whose path and query contain this text; all when absent. */
  match?: string | undefined;
  latencyMs?: number | undefined;
  rate429?: (Frequency & { retryAfterSeconds?: number | null | undefined; code?: string | undefined }) | undefined;
  status5xx?: (Frequency & { status?: number | undefined }) | undefined;
  /** Announces the whole body and breaks the connection half way. */
  cutBody?: Frequency | undefined;
  /** Breaks the connection before any byte of an answer. */
  resetConnection?: Frequency | undefined;
}

export interface FaultDecision {
  latencyMs: number;
  error: ApiError | null;
  cutBody: boolean;
  resetConnection: boolean;
}

interface Counter {
  left: number;
  seen: number;
}

/** Faults that were ordered by the control endpoint. */
export class Faults {
  private plan: FaultPlan = {};
  private counters = new Map<string, Counter>();

  /** Replaces the whole plan. */
  set(plan: FaultPlan): void {
    this.plan = plan;
    this.counters = new Map();
  }

  reset(): void {
    this.set({});
  }

  /** Decides about one call; at most one fault besides latency strikes it. */
  decide(url: string): FaultDecision {
    const { plan } = this;
    const decision: FaultDecision = { latencyMs: 0, error: null, cutBody: false, resetConnection: false };
    if (plan.match !== undefined && !url.includes(plan.match)) return decision;
    decision.latencyMs = plan.latencyMs ?? 0;
    if (this.strikes("resetConnection", plan.resetConnection)) decision.resetConnection = true;
    else if (this.strikes("rate429", plan.rate429)) decision.error = rateLimited(plan.rate429);
    else if (this.strikes("status5xx", plan.status5xx)) decision.error = serverError(plan.status5xx?.status ?? 500);
    else if (this.strikes("cutBody", plan.cutBody)) decision.cutBody = true;
    return decision;
  }

  private strikes(name: string, frequency: Frequency | undefined): boolean {
    if (!frequency) return false;
    const counter = this.counters.get(name) ?? { left: frequency.count ?? 0, seen: 0 };
    this.counters.set(name, counter);
    counter.seen += 1;
    if (frequency.everyN !== undefined && frequency.everyN > 0 && counter.seen % frequency.everyN === 0) return true;
    if (counter.left <= 0) return false;
    counter.left -= 1;
    return true;
  }
}

function rateLimited(plan: FaultPlan["rate429"]): ApiError {
  const code = plan?.code ?? "rate_limit_exceeded";
  const seconds = plan?.retryAfterSeconds === undefined ? 1 : plan.retryAfterSeconds;
  const isRetryable = code === "rate_limit_exceeded";
  const message = isRetryable
    ? "Rate limit reached for requests. Please try again later."
    : "You exceeded your current quota, please check your plan and billing details.";
  const headers: Record<string, string> = seconds === null ? {} : { "retry-after": String(seconds) };
  return new ApiError(429, message, { type: isRetryable ? "requests" : "insufficient_quota", code, headers });
}

function serverError(status: number): ApiError {
  return new ApiError(status, "The server had an error while processing your request. Sorry about that!", {
    type: "server_error",
  });
}
