import { initTRPC, type TRPCDefaultErrorShape } from "@trpc/server";
import superjson from "superjson";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import type { MembershipLookup } from "@/server/auth/membership-lookup";
import type { SessionUser } from "@/server/auth/sessions";
import type { Permission } from "@/server/auth/permissions";

/** What a procedure knows of the request. Tests make one without any request object. */
export type Context = {
  user: SessionUser | null;
  requestId: string;
  client: ClientInfo;
  /** For the queries of this one request; without it, and for whatever changes something, each call looks up anew. */
  memberships?: MembershipLookup;
};

/** Declared by every procedure, read by the guard tests. */
export type ProcedureMeta = { access: "public" | "signed_in" | "operator" | Permission };

/** What the browser learns of an error: a code, a stable reason for the message files, and the request's id. */
export type ErrorData = TRPCDefaultErrorShape["data"] & {
  reason: string;
  requestId: string | null;
  /** Whole seconds to wait, where that is known. */
  retryAfter: number | null;
};

export const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    sse: {
      // The browser asks again by itself: whoever has been signed out or removed meanwhile is refused then.
      maxDurationMs: 60_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter: ({ shape, error, ctx }) => {
      const { stack: _stack, ...data } = shape.data;
      const known = error.cause instanceof AppError ? error.cause : null;
      const reason = known?.reason ?? reasonOf(error.code);
      const retryAfter = known?.retryAfterSeconds ?? null;
      return { ...shape, data: { ...data, reason, retryAfter, requestId: ctx?.requestId ?? null } satisfies ErrorData };
    },
  });

const reasonOf = (code: string) =>
  code === "BAD_REQUEST" ? "invalid_input" : code === "INTERNAL_SERVER_ERROR" ? "internal" : code.toLowerCase();
