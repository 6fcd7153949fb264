import { AppError, type ErrorCode } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";
import { unstorableText } from "@/server/trpc/unstorable-text";

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

/** An error of a verb as an HTTP answer in JSON; what was not foreseen is logged in full and told in one sentence. */
export function toErrorResponse(cause: unknown, requestId: string): Response {
  const foreseen = cause instanceof AppError ? cause : unstorableText(cause);
  const error = foreseen ?? new AppError("internal", "internal", { cause });
  const message = error.code === "internal" ? "Something went wrong on our side." : error.message;
  if (error.code === "internal") logger().error({ requestId, err: cause }, "unexpected error");
  const headers = new Headers({ "cache-control": "no-store" });
  if (error.retryAfterSeconds !== null) headers.set("retry-after", String(error.retryAfterSeconds));
  const { code, reason } = error;
  return Response.json({ error: { code, reason, message, requestId } }, { status: httpStatuses[code], headers });
}
