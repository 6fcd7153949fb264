import { once } from "node:events";
import { createGzip, type Gzip } from "node:zlib";
import type { OrgAccess } from "@/server/auth/scope";
import { type Limit, throttle } from "@/server/auth/throttle";
import { withTenantConnection } from "@/server/db/tenant";
import { toUtcDay } from "@/server/lib/time";
import { exportedTables, readLines } from "@/server/orgs/export.sql";

const FORMAT = "tollkeeper-organization";
const VERSION = 1;

/** A download that nobody reads keeps a database connection: it ends here. */
const PATIENCE_MS = 60 * 60_000;
const exports: Limit = { name: "export:org", max: 6, windowSeconds: 3600 };

export type OrgExport = { stream: Gzip; fileName: string };

/**
 * Everything of an org as it is at this moment, without secrets: gzipped NDJSON, a header line, a line per row, and an
 * end line with the number of rows, without which the file is cut off. Constant memory, as slowly as it is read.
 * @throws AppError limit
 */
export async function exportOrg(access: OrgAccess, signal: AbortSignal): Promise<OrgExport> {
  const { org } = access;
  await throttle({ limit: exports, subject: org.id });
  const now = new Date();
  await access.inScope(async (scope) => {
    scope.audit({ action: "org.export", target: { type: "org", id: org.id, name: org.name } });
  });
  const stream = createGzip();
  const closed = new AbortController();
  stream.once("close", () => closed.abort());
  const stop = AbortSignal.any([signal, closed.signal, AbortSignal.timeout(PATIENCE_MS)]);
  write(stream, access, { now, stop }).catch((error: Error) => {
    access.log.warn({ err: error }, "export");
    stream.destroy(error);
  });
  return { stream, fileName: `tollkeeper-${org.slug}-${toUtcDay(now)}.ndjson.gz` };
}

async function write(stream: Gzip, { org }: OrgAccess, { now, stop }: { now: Date; stop: AbortSignal }) {
  const header = { format: FORMAT, version: VERSION, organization: org.slug, exported_at: now.toISOString() };
  await put(stream, [JSON.stringify(header)], stop);
  let rows = 0;
  await withTenantConnection(
    org.id,
    async (client) => {
      for (const table of exportedTables) {
        for await (const lines of readLines(client, table)) {
          await put(stream, lines, stop);
          rows += lines.length;
        }
      }
    },
    { isSnapshot: true },
  );
  stream.end(`${JSON.stringify({ end: true, rows })}\n`);
}

/** Waits while nobody reads. @throws when the reader is gone */
async function put(stream: Gzip, lines: readonly string[], stop: AbortSignal) {
  stop.throwIfAborted();
  const hasRoom = stream.write(`${lines.join("\n")}\n`);
  if (!hasRoom) await once(stream, "drain", { signal: stop });
}
