import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { networkOf } from "@/server/auth/credential-limits";
import type { OrgAccess } from "@/server/auth/scope";
import { throttle } from "@/server/auth/throttle";
import { clientOf } from "@/server/lib/client-info";
import { AppError, notFound } from "@/server/lib/errors";
import { toJson } from "@/server/lib/exact-json-text";
import type { RestRoute } from "@/server/rest/route";
import { restRoutes } from "@/server/rest/routes";
import { accessAsToken } from "@/server/tokens/access-as-token";
import { toErrorResponse } from "@/server/trpc/error-response";

/** Of one program, and of one network whose tokens are refused. A right one is let in however many were wrong. */
const CALLS = { name: "rest", max: 600, windowSeconds: 60 };
const REFUSALS = { name: "rest_refused", max: 30, windowSeconds: 60 };

/** Every call of the REST API below /api/v1: bearer token, scope, parameters, verb, JSON with every digit. */
export async function handleRestRequest(request: Request, path: readonly string[]): Promise<Response> {
  const requestId = randomUUID();
  try {
    const { route, fromPath } = findRoute(request.method, path);
    const access = await authenticate(request, route, requestId);
    await throttle({ limit: CALLS, subject: "id" in access.actor ? access.actor.id : access.org.id });
    const parameters = parse(route, { ...Object.fromEntries(new URL(request.url).searchParams), ...fromPath });
    const answer = await route.handle({ access, parameters: parameters as never, request });
    if (answer instanceof Response) {
      answer.headers.set("x-request-id", requestId);
      return answer;
    }
    const headers = { "content-type": "application/json", "cache-control": "no-store", "x-request-id": requestId };
    return new Response(toJson(answer), { headers });
  } catch (error) {
    return toErrorResponse(error, requestId);
  }
}

async function authenticate(request: Request, route: RestRoute, requestId: string): Promise<OrgAccess> {
  const client = clientOf(request.headers);
  const [, token = ""] = /^Bearer (\S{1,200})$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  try {
    return await accessAsToken(token, route.scope, { requestId, client });
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated")
      await throttle({ limit: REFUSALS, subject: networkOf(client.ip) });
    throw error;
  }
}

/** @throws AppError not_found */
function findRoute(method: string, path: readonly string[]) {
  for (const route of restRoutes) {
    const fromPath = matchPath(route.path, path);
    if (route.method === method && fromPath) return { route, fromPath };
  }
  throw notFound("route");
}

/** The values of a pattern's {names} in a path, or null where it does not fit. */
export function matchPath(pattern: string, path: readonly string[]): Record<string, string> | null {
  const parts = pattern.split("/").slice(1);
  if (parts.length !== path.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const actual = path[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name) values[name] = actual;
    else if (part !== actual) return null;
  }
  return values;
}

function parse(route: RestRoute, parameters: Record<string, string>): unknown {
  try {
    return route.parameters.parse(parameters);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const sentences = error.issues.map(({ path, message }) => `${path.join(".") || "request"}: ${message}`);
    throw new AppError("invalid", "invalid_input", { message: sentences.join("; ") });
  }
}
