import { TRPCError } from "@trpc/server";
import { AppError, type ErrorCode } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";
import type { Context } from "@/server/trpc/init";
import { unstorableText } from "@/server/trpc/unstorable-text";

const trpcCodes = {
  unauthenticated: "UNAUTHORIZED",
  not_found: "NOT_FOUND",
  forbidden: "FORBIDDEN",
  conflict: "CONFLICT",
  invalid: "BAD_REQUEST",
  limit: "TOO_MANY_REQUESTS",
  precondition: "PRECONDITION_FAILED",
  provider: "BAD_GATEWAY",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** What the caller may see of `error`. Whatever we did not foresee becomes one sentence, and the log gets the rest. */
export function toTrpcError(error: TRPCError, context: Context, path: string): TRPCError {
  const cause = unstorableText(error.cause) ?? error.cause;
  if (cause instanceof AppError) {
    logger().info({ requestId: context.requestId, path, code: cause.code, details: cause.details }, cause.reason);
    return new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause });
  }
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  logger().error({ requestId: context.requestId, path, err: cause ?? error }, "unexpected error");
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: "Something went wrong on our side.",
    cause: new AppError("internal", "internal"),
  });
}
