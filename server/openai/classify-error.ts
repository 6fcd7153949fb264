import { APIConnectionTimeoutError, APIError, APIUserAbortError, OpenAIError } from "openai";
import { parseRetryAfter } from "./durations";
import { ProviderError, type ProviderErrorKind } from "./errors";

/** 429s of a spent budget: the provider's error reference lists them as not to be retried. */
const quotaCodes = new Set([
  "insufficient_quota",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
]);

export type ClassifyContext = { isCancelled: boolean; isExpired: boolean };

/**
 * What the SDK threw, as a ProviderError. Decided by status, code and type only; see `kindOfStatus` for the single
 * exception. Anything that did not come from the call (a bug) is returned unchanged.
 */
export function classifyError(error: unknown, context: ClassifyContext): unknown {
  if (error instanceof ProviderError) return error;
  if (context.isCancelled) return new ProviderError("cancelled");
  if (context.isExpired || error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) {
    return new ProviderError("transient", { code: "timeout" });
  }
  if (error instanceof APIError) {
    return typeof error.status === "number"
      ? fromStatus(error.status, error)
      : new ProviderError("transient", { code: "network" });
  }
  if (error instanceof SyntaxError) return new ProviderError("transient", { code: "invalid_body" });
  // Refused before it was sent, such as an id that cannot be part of a path.
  if (error instanceof OpenAIError) return new ProviderError("bad_request", { code: "invalid_request" });
  return isNetworkFailure(error) ? new ProviderError("transient", { code: "network" }) : error;
}

function fromStatus(status: number, error: APIError): ProviderError {
  const body = readBody(error);
  const kind = kindOfStatus(status, body);
  return new ProviderError(kind, {
    status,
    code: body.code,
    param: body.param,
    requestId: error.requestID ?? null,
    retryAfterMs: parseRetryAfter(error.headers),
    providerMessage: body.message === null ? null : withoutSecrets(body.message),
  });
}

type ErrorBody = { code: string | null; type: string | null; param: string | null; message: string | null };

function kindOfStatus(status: number, body: ErrorBody): ProviderErrorKind {
  if (status === 401) return isMissingScope(body) ? "permission" : "auth";
  if (status === 403) return "permission";
  if (status === 408 || status >= 500) return "transient";
  if (status === 429) {
    if (quotaCodes.has(body.code ?? "")) return "quota";
    // The code is the finer statement; the type decides only where there is none.
    return body.code === null && quotaCodes.has(body.type ?? "") ? "quota" : "rate_limit";
  }
  return "bad_request";
}

/**
 * The provider answers a good key without the needed scope with 401 as well as 403, in some cases with no code at all:
 * only the sentence "Missing scopes: ..." tells it from a bad key. Read here and nowhere else.
 */
function isMissingScope(body: ErrorBody): boolean {
  if (body.code === "missing_scope") return true;
  return body.code !== "invalid_api_key" && (body.message?.includes("Missing scopes:") ?? false);
}

/** Reads `{error: {...}}` (unwrapped by the SDK) and the flat `{"code": 404, "message": "..."}` of two operations. */
function readBody(error: APIError): ErrorBody {
  const body = typeof error.error === "object" && error.error !== null ? (error.error as Record<string, unknown>) : {};
  // A numeric code repeats the status and says nothing of its own.
  return { code: text(body.code), type: text(body.type), param: text(body.param), message: text(body.message) };
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** The provider repeats keys, partly starred, in its sentences. */
function withoutSecrets(message: string): string {
  return message.replace(/\b(sk|sess)-[\w*.…-]+/g, "$1-…").slice(0, 500);
}

/** What fetch throws when a connection fails, or is cut in the middle of a body. */
function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "AbortError" || error.name === "TimeoutError") return true;
  return error instanceof TypeError && error.cause instanceof Error && "code" in error.cause;
}
