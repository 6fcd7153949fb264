import "server-only";
import { randomUUID } from "node:crypto";
import type { Permission } from "@/server/auth/permissions";
import { accessAsMember, type OrgAccess } from "@/server/auth/scope";
import { currentUser } from "@/server/auth/session";
import { clientOf } from "@/server/lib/client-info";
import { AppError, type ErrorCode } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";
import { isSameOrigin } from "@/server/trpc/same-origin";

const httpStatuses = {
  unauthenticated: 401,
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  limit: 429,
  precondition: 412,
  provider: 502,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

type OrgRouteContext = { params: Promise<{ org: string }> };

/**
 * A route handler below /api/orgs/[org], for what tRPC cannot carry: downloads. It asks what a procedure asks: our own
 * page, a session, membership of the org in the path, the permission.
 */
export const orgRoute =
  (permission: Permission, handle: (access: OrgAccess, request: Request) => Promise<Response>) =>
  async (request: Request, { params }: OrgRouteContext): Promise<Response> => {
    const requestId = randomUUID();
    try {
      if (!isSameOrigin(request.headers)) {
        throw new AppError("forbidden", "cross_origin", { message: "The request did not come from this site." });
      }
      const user = await currentUser();
      if (!user) throw new AppError("unauthenticated", "signed_out", { message: "Please sign in." });
      const caller = { user, requestId, client: clientOf(request.headers) };
      return await handle(await accessAsMember(caller, (await params).org, permission), request);
    } catch (error) {
      return refuse(error, requestId);
    }
  };

function refuse(cause: unknown, requestId: string): Response {
  const error = cause instanceof AppError ? cause : new AppError("internal", "internal", { cause });
  const message = error.code === "internal" ? "Something went wrong on our side." : error.message;
  if (error.code === "internal") logger().error({ requestId, err: cause }, "unexpected error");
  const headers = new Headers({ "cache-control": "no-store" });
  if (error.retryAfterSeconds !== null) headers.set("retry-after", String(error.retryAfterSeconds));
  const { code, reason } = error;
  return Response.json({ error: { code, reason, message, requestId } }, { status: httpStatuses[code], headers });
}
