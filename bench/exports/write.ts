// One export in a process of its own, read as fast as it comes and thrown away; prints what it took. Arguments: org id,
// parameters of the export as in its address.
import type { WrittenExport } from "@/bench/exports";
import { accessAsSystem } from "@/server/auth/scope";
import { closeDatabase } from "@/server/db/client";
import { ExportInput } from "@/server/exports/schema";
import { startExport } from "@/server/exports/start-export";

const [orgId = "", parameters = ""] = process.argv.slice(2);
const access = await accessAsSystem({ id: orgId }, { type: "operator" });
const startedAt = performance.now();
const started = await startExport(access, ExportInput.parse(Object.fromEntries(new URLSearchParams(parameters))));
started.stream.resume();
const { rows, bytes } = await started.manifest;
const ms = performance.now() - startedAt;
await closeDatabase();
const written: WrittenExport = { rows, bytes, ms, peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6 };
console.log(JSON.stringify(written));
