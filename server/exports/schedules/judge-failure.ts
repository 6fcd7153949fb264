import type { ExportFailure } from "@/server/exports/constants";
import { AppError } from "@/server/lib/errors";

type Verdict = { code: ExportFailure /** Trying again changes nothing. */; isLasting: boolean };

const lasting = (code: ExportFailure): Verdict => ({ code, isLasting: true });
const passing = (code: ExportFailure): Verdict => ({ code, isLasting: false });

/** The storage's own names for what it refuses. Source: Amazon S3, "Error responses". */
const storageErrors: Record<string, ExportFailure> = {
  InvalidAccessKeyId: "s3_credentials",
  SignatureDoesNotMatch: "s3_credentials",
  AccessDenied: "s3_denied",
  NoSuchBucket: "s3_no_bucket",
  PermanentRedirect: "s3_region",
  AuthorizationHeaderMalformed: "s3_region",
};

/** What a delivery broke with, as one of the reasons that are told, and whether it may pass. Pure. */
export function judgeFailure(error: unknown): Verdict {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AppError) return judgeOwn(cause);
    const status = (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status !== undefined) return judgeStorage(cause.name, status);
  }
  return passing("internal");
}

function judgeOwn({ code, reason }: AppError): Verdict {
  if (reason === "foreign_unreachable") return passing("foreign_unreachable");
  if (reason === "address_refused" || reason === "no_recipients" || reason === "not_exportable") return lasting(reason);
  return code === "invalid" || code === "precondition" ? lasting("not_exportable") : passing("internal");
}

function judgeStorage(name: string, status: number): Verdict {
  const known = storageErrors[name];
  if (known) return lasting(known);
  return status >= 500 || status === 408 || status === 429 ? passing("s3_unavailable") : lasting("s3_refused");
}
