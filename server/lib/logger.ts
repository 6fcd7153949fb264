import pino, { type Logger } from "pino";
import { env } from "@/server/env";
import { redactText } from "@/server/lib/redact";

/** Keys by which a secret could reach a log line, wherever it stands in the object. */
const secretKeys = [
  "adminKey",
  "apiKey",
  "password",
  "passwordHash",
  "authorization",
  "cookie",
  "token",
  "secret",
  "key",
];
const redactPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

let root: Logger | undefined;

/** The process's logger: JSON lines on standard output. Children carry scalar ids, never payloads. */
export function logger(): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redactPaths, censor: "[redacted]" },
    serializers: { err: serializeError },
    hooks: { streamWrite: redactText },
  });
  return root;
}

function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const details = "details" in error ? error.details : undefined;
  return { ...pino.stdSerializers.err(error), ...(details ? { details } : {}) };
}
