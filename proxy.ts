import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "@/components/lib/request-path";

/** Tells layouts which page was asked for, so that signing in leads back to it. Access is decided in the pages. */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|_next/|.*\\..*).*)"] };
