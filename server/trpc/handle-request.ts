import "server-only";
import { randomUUID } from "node:crypto";
import { currentUser } from "@/server/auth/session";
import { clientOf } from "@/server/lib/client-info";
import { answerCalls } from "@/server/trpc/answer-calls";
import { readBounded } from "@/server/lib/read-bounded";
import { isSameOrigin } from "@/server/lib/same-origin";

const MAX_BODY_BYTES = 1024 * 1024;

/** Everything the browser asks the API: refused when foreign or too large, answered with the request's id. */
export async function handleTrpcRequest(request: Request): Promise<Response> {
  const requestId = randomUUID();
  const answer = await respond(request, requestId);
  answer.headers.set("x-request-id", requestId);
  return answer;
}

async function respond(request: Request, requestId: string): Promise<Response> {
  const caller = { findUser: currentUser, requestId, client: clientOf(request.headers) };
  // Next asks for the head of an answer as for the answer.
  if (request.method !== "POST") return answerCalls(request, caller);
  if (!isSameOrigin(request.headers))
    return refuse({ httpStatus: 403, code: "FORBIDDEN", reason: "cross_origin", requestId });
  const body = await readBounded(request.body, MAX_BODY_BYTES);
  if (body === null)
    return refuse({ httpStatus: 413, code: "PAYLOAD_TOO_LARGE", reason: "payload_too_large", requestId });
  const { url, method, headers, signal } = request;
  return answerCalls(new Request(url, { method, headers, signal, body }), caller);
}

type Refusal = { httpStatus: number; code: string; reason: string; requestId: string };

/** In the shape of tRPC's own errors, so that the client reads the reason as it always does. */
const refuse = (data: Refusal) =>
  Response.json({ error: { json: { message: "Request refused.", code: -32600, data } } }, { status: data.httpStatus });
