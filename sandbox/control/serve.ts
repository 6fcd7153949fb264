import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Body } from "../http/body";
import { ApiError, badRequest } from "../http/errors";
import { Query } from "../http/query";
import { readBody } from "../http/serve";
import type { SandboxState } from "../state";
import type { ControlHandler } from "./call";
import { dataControls } from "./data-controls";
import { faultControls } from "./fault-controls";
import { truthControls } from "./truth-controls";

const handlers = new Map<string, ControlHandler>([...faultControls, ...dataControls, ...truthControls]);

/**
 * Answers one control call. Control needs no key: the sandbox holds invented data and listens on loopback. Browsers reach
 * that too, so what pages of other sites make them send is refused.
 */
export async function serveControl(
  sandbox: SandboxState,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  const url = new URL(request.url ?? "/", "http://sandbox");
  response.setHeader("content-type", "application/json");
  try {
    const handler = handlers.get(`${request.method} ${url.pathname}`);
    if (!handler)
      throw new ApiError(
        404,
        `no control ${request.method} ${url.pathname}; there are: ${[...handlers.keys()].join(", ")}`,
      );
    if (request.method !== "GET" && isFromForeignPage(request.headers))
      throw new ApiError(403, "control takes no requests from pages of other sites");
    const body = Body.parse(await readBody(request));
    response.end(JSON.stringify(handler({ sandbox, query: new Query(url.search), body })));
  } catch (error) {
    const known =
      error instanceof ApiError ? error : badRequest(error instanceof Error ? error.message : String(error));
    response.statusCode = known.status;
    response.end(JSON.stringify(known.body()));
  }
}

/** Browsers say where a request comes from, older ones in Origin alone; programs send neither. */
function isFromForeignPage({ "sec-fetch-site": site, origin, host }: IncomingHttpHeaders): boolean {
  if (typeof site === "string") return site !== "same-origin" && site !== "none";
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
