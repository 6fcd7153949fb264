import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { FaultDecision } from "../faults";
import type { SandboxState } from "../state";
import { AnswerBody } from "./answer-body";
import { authenticate, authorize } from "./auth";
import { Body } from "./body";
import { ApiError } from "./errors";
import { Query } from "./query";
import { JsonText, type Router } from "./router";

/** Answers one call of the admin API, faults included. */
export async function serveAdmin(
  sandbox: SandboxState,
  router: Router,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const startedAt = performance.now();
  const url = request.url ?? "/";
  const [path = "/", search = ""] = splitOnce(url, "?");
  const method = request.method ?? "GET";
  sandbox.stats.begin(method, path);
  response.once("close", () => sandbox.stats.end(response.statusCode));
  const decision = sandbox.faults.decide(url);
  const text = await readBody(request);
  const dueAt = startedAt + decision.latencyMs;
  if (decision.resetConnection) {
    await until(dueAt);
    request.socket.resetAndDestroy();
    return;
  }
  response.setHeader("x-request-id", `req_${randomUUID().replaceAll("-", "")}`);
  response.setHeader("openai-version", "2020-10-01");
  response.setHeader("content-type", "application/json");
  let answer: object | JsonText;
  try {
    answer = handle(sandbox, router, { request, response, method, path, search, text, decision });
    response.statusCode = 200;
  } catch (error) {
    answer = describe(error, response);
  }
  const body = new AnswerBody(answer);
  await body.prepare(dueAt);
  await until(dueAt);
  response.setHeader("openai-processing-ms", String(Math.round(performance.now() - startedAt)));
  if (decision.cutBody) sendHalf(response, body);
  else await send(response, body);
}

/** Resolves at that time by performance.now(), at once where it has passed. */
async function until(time: number): Promise<void> {
  const left = time - performance.now();
  if (left > 0) await sleep(left);
}

interface Incoming {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  path: string;
  search: string;
  text: string;
  decision: FaultDecision;
}

function handle(sandbox: SandboxState, router: Router, incoming: Incoming): object | JsonText {
  const { request, response, method, path } = incoming;
  if (incoming.decision.error) throw incoming.decision.error;
  const now = sandbox.clock.now();
  const { org, key } = authenticate(request.headers.authorization, sandbox.organizations, now);
  response.setHeader("openai-organization", org.id);
  const match = path.startsWith("/v1/") ? router.find(method, path.slice(3)) : null;
  if (match === null) throw new ApiError(404, `Invalid URL (${method} ${path})`);
  if (match === "method") {
    throw new ApiError(405, `Not allowed to ${method} on ${path}.`, { code: "method_not_supported" });
  }
  for (const [name, value] of Object.entries(sandbox.pacing.take(org.id, Date.now()))) response.setHeader(name, value);
  authorize(key, match.route.scope);
  const query = new Query(incoming.search);
  return match.route.handler({ sandbox, org, key, query, body: Body.parse(incoming.text), params: match.params, now });
}

function describe(error: unknown, response: ServerResponse): object {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, "The server had an error while processing your request.", { type: "server_error" });
  if (!(error instanceof ApiError)) console.error("sandbox: unexpected error", error);
  response.statusCode = known.status;
  for (const [name, value] of Object.entries(known.details.headers ?? {})) response.setHeader(name, value);
  return known.body();
}

/** Sends what is ready in one piece, and the rest as fast as it is read. */
async function send(response: ServerResponse, body: AnswerBody): Promise<void> {
  const beginning = body.ready();
  if (body.isComplete) {
    response.setHeader("content-length", beginning.length);
    response.end(beginning);
    return;
  }
  let isFlowing = response.write(beginning);
  for (const piece of body.rest()) {
    if (!isFlowing && !response.destroyed) await drained(response);
    if (response.destroyed) return;
    isFlowing = response.write(piece);
  }
  response.end();
}

/** Announces the whole length and breaks off half way. */
function sendHalf(response: ServerResponse, body: AnswerBody): void {
  const whole = Buffer.concat([body.ready(), ...body.rest()]);
  response.setHeader("content-length", whole.length);
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

export async function readBody(request: IncomingMessage): Promise<string> {
  if (request.method === "GET") return "";
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
