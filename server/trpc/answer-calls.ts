import { type AnyProcedure, TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { membershipsOfRequest } from "@/server/auth/membership-lookup";
import type { SessionUser } from "@/server/auth/sessions";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import type { ProcedureMeta } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";
import { MAX_BATCH_SIZE } from "@/server/trpc/schema";

type Caller = { findUser: () => Promise<SessionUser | null>; requestId: string; client: ClientInfo };

/** Answers the calls of one request: few at a time, and one alone where strangers may call. */
export const answerCalls = (req: Request, { findUser, requestId, client }: Caller): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: async ({ info }) => {
      if (info.calls.length > 1 && info.calls.some(isPublic)) throw notInBatch();
      return { user: await findUser(), requestId, client, memberships: membershipsOfRequest() };
    },
    responseMeta: ({ errors }) => {
      const waits = errors.flatMap(({ cause }) => (cause instanceof AppError ? (cause.retryAfterSeconds ?? []) : []));
      return waits.length > 0 ? { headers: { "retry-after": String(Math.max(...waits)) } } : {};
    },
  });

const isPublic = ({ procedure }: { procedure: AnyProcedure | null }) =>
  (procedure?._def.meta as ProcedureMeta | undefined)?.access === "public";

/** Each of those costs us, and whoever limits requests in front of us counts requests. */
const notInBatch = () =>
  new TRPCError({
    code: "BAD_REQUEST",
    message: "This is called alone.",
    cause: new AppError("invalid", "invalid_input"),
  });
