import type { NextRequest } from "next/server";
import { handleIdentityRequest, identityRequestOf } from "@/server/auth/identities/handle-identity-request";
import type { FindProvider } from "@/server/auth/identities/provider";
import { handlers } from "@/server/auth/next-auth";

/** next-auth's answers; one that refuses for too many attempts says so in its status and in Retry-After. */
export async function handleAuthRequest(request: NextRequest, findProvider: FindProvider): Promise<Response> {
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
