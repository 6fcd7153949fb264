import type { IncomingMessage, ServerResponse } from "node:http";
import { parseInstant } from "../clock";
import { Body } from "../http/body";
import { ApiError, badRequest } from "../http/errors";
import { Query } from "../http/query";
import { readBody } from "../http/serve";
import type { SandboxState } from "../state";

export interface ControlCall {
  sandbox: SandboxState;
  query: Query;
  body: Body;
}

export type ControlHandler = (call: ControlCall) => object;

const handlers: Readonly<Record<string, ControlHandler>> = {
  "POST /control/reset": ({ sandbox }) => {
    sandbox.reset();
    return { ok: true };
  },
  "GET /control/clock": ({ sandbox }) => clockOf(sandbox),
  "POST /control/clock": ({ sandbox, body }) => {
    const now = body.raw("now");
    const seconds = body.integer("advanceSeconds");
    if (typeof now === "string" || typeof now === "number") sandbox.clock.set(parseInstant(now));
    else if (seconds === undefined) throw badRequest("give 'now' or 'advanceSeconds'");
    if (seconds !== undefined) sandbox.clock.advance(seconds);
    return clockOf(sandbox);
  },
  "GET /control/stats": ({ sandbox }) => sandbox.stats.report(),
};

function clockOf(sandbox: SandboxState): object {
  const now = sandbox.clock.now();
  return { now, iso: new Date(now * 1000).toISOString() };
}

/** Answers one control call. Control needs no key: the sandbox holds invented data and listens on loopback. */
export async function serveControl(
  sandbox: SandboxState,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const url = new URL(request.url ?? "/", "http://sandbox");
  response.setHeader("content-type", "application/json");
  try {
    const handler = handlers[`${request.method} ${url.pathname}`];
    if (!handler) throw new ApiError(404, `no control ${request.method} ${url.pathname}`);
    const body = Body.parse(await readBody(request));
    response.end(JSON.stringify(handler({ sandbox, query: new Query(url.search), body })));
  } catch (error) {
    const known =
      error instanceof ApiError ? error : badRequest(error instanceof Error ? error.message : String(error));
    response.statusCode = known.status;
    response.end(JSON.stringify(known.body()));
  }
}
