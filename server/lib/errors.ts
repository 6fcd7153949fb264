/** The closed set of ways in which a verb can fail. Adapters map it to HTTP, tRPC and exit codes. */
export const errorCodes = [
  "unauthenticated",
  "not_found",
  "forbidden",
  "conflict",
  "invalid",
  "limit",
  "precondition",
  "provider",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error that a person may read. `message` is one English sentence; `reason` is a stable identifier under which the
 * message files hold the sentence in the reader's language; `details` go to the log only.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: Record<string, unknown>;
  /** When it makes sense to try again, where that is known. */
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, reason: string, options: AppErrorOptions = {}) {
    super(options.message ?? reason, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.reason = reason;
    this.details = options.details ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

type AppErrorOptions = {
  message?: string;
  details?: Record<string, unknown>;
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** For rows that are not there or belong to somebody else: the answer is the same. */
export const notFound = (what: string) => new AppError("not_found", "not_found", { message: `No such ${what}.` });
