import "server-only";
import { randomUUID } from "node:crypto";
import type { Permission } from "@/server/auth/permissions";
import { accessAsMember, type OrgAccess } from "@/server/auth/scope";
import { currentUser } from "@/server/auth/session";
import { clientOf } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { toErrorResponse } from "@/server/trpc/error-response";
import { isSameOrigin } from "@/server/lib/same-origin";

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
      return toErrorResponse(error, requestId);
    }
  };
