import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { NONCE_HEADER } from "@/components/lib/request-nonce";
import { PATH_HEADER } from "@/components/lib/request-path";
import { env } from "@/server/env";
import { contentSecurityPolicy } from "@/server/lib/content-security-policy";

const POLICY_HEADER = "content-security-policy";

/**
 * Tells layouts which page was asked for, so that signing in leads back to it, and gives every answer a nonce of its own;
 * Next reads it from the request's policy and puts it on its scripts. Access is decided in the pages.
 */
export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString("base64");
  const { AUTH_URL, NODE_ENV } = env();
  const isHttps = AUTH_URL?.startsWith("https:") ?? false;
  const policy = contentSecurityPolicy({ nonce, isHttps, isDev: NODE_ENV === "development" });

  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  headers.set(NONCE_HEADER, nonce);
  headers.set(POLICY_HEADER, policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(POLICY_HEADER, policy);
  return response;
}

/** Every page: a name in its address may have dots, so files are named one by one. */
export const config = { matcher: ["/((?!api/|_next/|(?:(?:icon|logo)\\.svg|favicon\\.ico)$).*)"] };
