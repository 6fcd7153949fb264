import { NextRequest } from "next/server";
import { handleIdentityRequest, identityRequestOf } from "@/server/auth/identities/handle-identity-request";
import type { FindProvider } from "@/server/auth/identities/provider";
import { handlers } from "@/server/auth/next-auth";
import { readBounded } from "@/server/lib/read-bounded";
import { isSameOrigin } from "@/server/lib/same-origin";

/** Of a form with a password and two tokens, some times over. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * next-auth's answers. It reads bodies whole and knows pages by its own token alone: what is too large or another site's
 * does not reach it.
 */
export async function handleAuthRequest(request: NextRequest, findProvider: FindProvider): Promise<Response> {
  if (request.method !== "POST") return answer(request, findProvider);
  if (!isSameOrigin(request.headers)) return Response.json({ error: { reason: "cross_origin" } }, { status: 403 });
  const body = await readBounded(request.body, MAX_BODY_BYTES);
  if (body === null) return Response.json({ error: { reason: "payload_too_large" } }, { status: 413 });
  const { url, method, headers } = request;
  return answer(new NextRequest(url, { method, headers, body }), findProvider);
}

/** One that refuses for too many attempts says so in its status and in Retry-After. */
async function answer(request: NextRequest, findProvider: FindProvider): Promise<Response> {
  const asked = identityRequestOf(request);
  if (asked) return handleIdentityRequest(request, asked, findProvider);
  if (request.method !== "POST") return handlers.GET(request);
  const response = await handlers.POST(request);
  if (!response.headers.get("content-type")?.includes("json")) return response;
  const body: unknown = await response.json();
  const seconds = waitIn(body);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  if (seconds === null) return Response.json(body, { status: response.status, headers });
  headers.set("retry-after", String(seconds));
  return Response.json(body, { status: 429, headers });
}

/** Whole seconds, from the code of a refusal: `?error=CredentialsSignin&code=too_many_attempts.37` */
function waitIn(body: unknown): number | null {
  const url = body && typeof body === "object" && "url" in body ? body.url : null;
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const code = new URL(url).searchParams.get("code");
  return code?.startsWith("too_many_attempts.") ? Number(code.slice(code.indexOf(".") + 1)) : null;
}
