// Facts as files, a million and ten million rows, each export in a process of its own with the worker's arguments: the
// peak of its memory must not grow with the rows.
import { fillFacts, ROWS_A_DAY } from "@/bench/exports/fill.sql";
import { startDatabase } from "@/bench/lib/database";
import { atMost, printTable, report, round } from "@/bench/lib/report";
import { timed } from "@/bench/lib/statistics";
import { makeConnection, makeOrg, makeStream } from "@/bench/lib/tenant";
import { runAsWorker } from "@/bench/lib/worker-process";
import { addUtcDays, parseUtcDay } from "@/server/lib/time";
import { runMain } from "../scripts/lib/run-main.mjs";

export type WrittenExport = { rows: number; bytes: number; ms: number; peakMb: number };

type Measured = { format: string; rows: number; MB: number; s: number; "rows/s": number; "peak MB": number };

const FIRST_DAY = "2024-01-01";
const sizes = [1_000_000, 10_000_000].map((rows) => Math.ceil(rows / ROWS_A_DAY));
const formats: Record<string, Record<string, string>> = {
  CSV: { format: "csv", facts: "usage:completions" },
  "JSON lines": { format: "ndjson", facts: "usage:completions" },
  Parquet: { format: "parquet", facts: "usage:completions" },
  FOCUS: { format: "focus" },
};
const LIMIT_MB = 400;
/** What ten times the rows may cost in memory: the directory of a Parquet file's parts, and the noise of garbage. */
const GROWTH_LIMIT = 1.3;

await runMain(async ({ defer }) => {
  const { owner } = await startDatabase(defer);
  const access = await makeOrg("Exports");
  const connectionId = await makeConnection(access);
  const streamIds = {
    usage: await makeStream(access, connectionId, "usage.completions"),
    costs: await makeStream(access, connectionId, "costs.project"),
  };
  const days = Math.max(...sizes);
  const { ms } = await timed(async () => {
    const client = await owner.connect();
    try {
      await fillFacts(client, { orgId: access.org.id, connectionId, streamIds, start: parseUtcDay(FIRST_DAY), days });
    } finally {
      client.release();
    }
  });
  console.log(`${(days * ROWS_A_DAY).toLocaleString("en")} facts of each kind written in ${round(ms / 1000)} s`);

  const rows: Measured[] = [];
  for (const [format, asks] of Object.entries(formats)) {
    for (const size of sizes) {
      const range = { from: FIRST_DAY, to: addUtcDays(FIRST_DAY, size) };
      const written = await writeOnce(access.org.id, { ...range, ...asks });
      if (written.rows !== size * ROWS_A_DAY) throw new Error(`${format} has ${written.rows} rows`);
      rows.push({
        format,
        rows: written.rows,
        MB: round(written.bytes / 1e6),
        s: round(written.ms / 1000),
        "rows/s": Math.round(written.rows / (written.ms / 1000)),
        "peak MB": round(written.peakMb),
      });
      console.log(`${format}, ${written.rows.toLocaleString("en")} rows: peak ${round(written.peakMb)} MB`);
    }
  }
  printTable("Facts to a file, one process each", rows);
  const peaks = (format: string) => rows.filter((row) => row.format === format).map((row) => row["peak MB"]);
  const targets = Object.keys(formats).flatMap((format) => {
    const [few = 0, many = 0] = peaks(format);
    return [
      atMost(`${format}: peak MB`, many, LIMIT_MB),
      atMost(`${format}: peak of ten times the rows, ratio`, many / few, GROWTH_LIMIT),
    ];
  });
  return report("exports", targets, { rows });
});

async function writeOnce(orgId: string, parameters: Record<string, string>): Promise<WrittenExport> {
  return runAsWorker("bench/exports/write.ts", [orgId, String(new URLSearchParams(parameters))]);
}
