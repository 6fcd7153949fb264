/** Writes an error the way Prisma's command line expects it on standard error: one JSON object on a line of its own. */
export function logError(message, code) {
  const fields = { message, error_code: code, is_panic: false };
  const entry = { timestamp: new Date().toISOString(), level: "ERROR", fields, target: "schema_engine::logger" };
  process.stderr.write(`\n${JSON.stringify(entry)}\n`);
}
