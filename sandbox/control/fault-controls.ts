import type { Frequency } from "../faults";
import type { Body } from "../http/body";
import { required } from "../http/body";
import { badRequest } from "../http/errors";
import type { ControlCall, ControlHandler } from "./call";

/** Controls of how the sandbox answers: faults, pacing and what it has counted. */
export const faultControls: [string, ControlHandler][] = [
  ["POST /control/faults", setFaults],
  ["DELETE /control/faults", ({ sandbox }) => done(sandbox.faults.reset())],
  ["POST /control/rate-limit", setRateLimit],
  ["GET /control/stats", ({ sandbox }) => sandbox.stats.report()],
  ["POST /control/stats/reset", ({ sandbox }) => done(sandbox.stats.reset())],
  ["POST /control/reset", ({ sandbox }) => done(sandbox.reset())],
];

function done(_result: void): object {
  return { ok: true };
}

function setFaults({ sandbox, body }: ControlCall): object {
  const rate429 = body.object("rate429");
  const status5xx = body.object("status5xx");
  sandbox.faults.set({
    match: body.text("match"),
    latencyMs: body.integer("latencyMs"),
    rate429: rate429 && {
      ...readFrequency(rate429),
      retryAfterSeconds: rate429.raw("retryAfterSeconds") === null ? null : rate429.integer("retryAfterSeconds"),
      code: rate429.text("code"),
    },
    status5xx: status5xx && { ...readFrequency(status5xx), status: status5xx.integer("status") },
    cutBody: readOptional(body, "cutBody"),
    resetConnection: readOptional(body, "resetConnection"),
  });
  return { ok: true };
}

function readFrequency(body: Body): Frequency {
  const count = body.integer("count");
  const everyN = body.integer("everyN");
  if (count === undefined && everyN === undefined) throw badRequest("a fault needs 'count' or 'everyN'");
  return { count, everyN };
}

function readOptional(body: Body, name: string): Frequency | undefined {
  const value = body.object(name);
  return value && readFrequency(value);
}

function setRateLimit({ sandbox, body }: ControlCall): object {
  if (body.raw("perMinute") === null) {
    sandbox.pacing.set(null);
    return { ok: true, pacing: null };
  }
  const perMinute = required(body.integer("perMinute"), "perMinute");
  const burst = body.integer("burst") ?? perMinute;
  if (perMinute < 1 || burst < 1) throw badRequest("'perMinute' and 'burst' must be at least 1");
  sandbox.pacing.set({ perMinute, burst });
  return { ok: true, pacing: { perMinute, burst } };
}
