import type { StreamState } from "@/server/db/generated/enums";
import { redactText } from "@/server/lib/redact";
import { storableText } from "@/server/lib/text";
import { isRedirect, ProviderError } from "@/server/openai/errors";
import { usageStream } from "@/server/openai/streams";
import type { SyncStream } from "@/server/sync/streams";

/** Why a stream stopped. `code` has a sentence of its own in the message files (sync.error.<code>). */
export type StreamFault = { state: Exclude<StreamState, "ok">; code: string; message: string };

export function faultOf(stream: SyncStream, error: unknown): StreamFault {
  if (!(error instanceof ProviderError))
    return { state: "failing", code: "internal", message: "An error of ours; the log has it." };
  const message = messageOf(error.message);
  if (error.kind === "permission" || error.kind === "auth") return { state: "forbidden", code: error.kind, message };
  if (isNotOffered(stream, error)) return { state: "unsupported", code: "unsupported", message };
  return { state: "failing", code: codeOf(error), message };
}

/** Results in buckets of a window that could not be read; those buckets are left as they were. */
export const unreadableRows = (reason: string): StreamFault => ({
  state: "failing",
  code: "unreadable_rows",
  message: messageOf(reason),
});

const messageOf = (text: string) => storableText(redactText(text).slice(0, 500));

/** Costs by person are refused to some organizations, and some usage lists exist for few. All others must be there. */
function isNotOffered(stream: SyncStream, { kind, status }: ProviderError): boolean {
  if (kind !== "bad_request") return false;
  if (stream.kind === "costs") return stream.name === "costs.user" && (status === 400 || status === 404);
  return stream.kind === "usage" && usageStream(stream.endpoint).isOptional && status === 404;
}

/** A base URL that leads elsewhere shows as 404 or as a redirect, which the client does not follow with the key. */
function codeOf(error: ProviderError): string {
  if (error.status === 404) return "not_found";
  return isRedirect(error) ? "redirected" : error.kind;
}
