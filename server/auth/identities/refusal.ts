import { AuthError } from "next-auth";
import { AppError } from "@/server/lib/errors";
import { redactText } from "@/server/lib/redact";

export type Refusal = {
  /** As in the message files, errors.reason. */
  reason: string;
  waitSeconds: number | null;
  /** For the log: what led to it, without what the provider sent. */
  trail: string[];
};

/**
 * Why signing in by an identity provider did not work, for the person and for the log. `said` is the error that the
 * provider itself sent the browser back with, if it did.
 */
export function refusalOf(error: unknown, said: string | null): Refusal {
  const causes = causesOf(error);
  const ours = causes.find((cause) => cause instanceof AppError);
  return {
    reason: ours ? reasonOfOurs(ours) : reasonOfTheirs(causes, said),
    waitSeconds: ours?.retryAfterSeconds ?? null,
    trail: causes.map((cause) => redactText(`${kindOf(cause)}: ${cause.message}`.slice(0, 300))),
  };
}

/** An error and what led to it; next-auth keeps that in `cause.err`. */
function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const { cause } = error;
  const inner = cause && typeof cause === "object" && "err" in cause ? cause.err : cause;
  return [error, ...causesOf(inner)];
}

/** Names of classes are shortened by the build. */
const kindOf = (cause: Error) => (cause instanceof AuthError ? cause.type : cause.name);

/** Addresses that the person has not typed here are the provider's matter. */
function reasonOfOurs({ code, reason }: AppError): string {
  if (code === "internal") return "internal";
  return code === "provider" || reason === "address_refused" ? "identity_provider_unreachable" : reason;
}

function reasonOfTheirs(causes: Error[], said: string | null): string {
  const known = causes.find((cause) => cause instanceof AuthError);
  switch (known?.type) {
    case "InvalidCheck":
    case "MissingCSRF":
      return "provider_state";
    case "OAuthCallbackError":
      return said === "access_denied" ? "provider_cancelled" : "provider_refused";
    // What is ours to say was thrown as such; anything else thrown while deciding is a fault of ours.
    case "AccessDenied":
      return "internal";
    default:
      return "provider_answer";
  }
}
