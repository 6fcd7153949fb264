import type { OrgScope } from "@/server/auth/scope";
import type { ExportRun, Prisma } from "@/server/db/generated/client";
import type { ExportManifest } from "@/server/exports/manifest";
import type { ExportRunEntry } from "@/server/exports/schema";
import { notFound } from "@/server/lib/errors";
import { addDays, parseUtcDay, toUtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

const SHOWN = 100;
/** Longer ago nobody asks what changed since. */
const KEPT_DAYS = 400;

/** When figures were read, and which transactions could be seen then. */
export type Seen = { takenAt: Date; snapshot: string };

/** The newest exports of everybody. */
export async function listRuns(scope: OrgScope): Promise<ExportRunEntry[]> {
  const runs = await scope.db.exportRun.findMany({ orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: SHOWN });
  return runs.map(toEntry);
}

/** @throws AppError not_found */
export async function findRun(scope: OrgScope, runId: string): Promise<ExportRun> {
  const run = await scope.db.exportRun.findFirst({ where: { id: runId } });
  if (!run) throw notFound("export");
  return run;
}

type Ordered = { name?: string; scheduleId?: string; search: string; range: DayRange; requestedBy: string | null };

/** Puts a run of a schedule on record, before it is made. @returns its id */
export async function orderRun(scope: OrgScope, { range, ...ordered }: Ordered): Promise<string> {
  const { id } = await scope.db.exportRun.create({ data: { orgId: scope.org.id, ...ordered, ...daysOf(range) } });
  await forgetOld(scope);
  return id;
}

type Downloaded = Omit<Ordered, "name" | "scheduleId"> & { seen: Seen; manifest: ExportManifest };

/** Puts a finished download on record. */
export async function recordDownload(
  scope: OrgScope,
  { range, seen, manifest, ...ordered }: Downloaded,
): Promise<void> {
  await scope.db.exportRun.create({
    data: {
      orgId: scope.org.id,
      ...ordered,
      ...daysOf(range),
      state: "succeeded",
      finishedAt: new Date(),
      ...seen,
      manifest: toJson(manifest),
    },
  });
  await forgetOld(scope);
}

/** With each export that comes: a list that nobody adds to needs no tidying. */
const forgetOld = (scope: OrgScope) =>
  scope.db.exportRun.deleteMany({ where: { requestedAt: { lt: addDays(new Date(), -KEPT_DAYS) } } });

/** A run's file is written: what it saw and holds. */
export async function recordWritten(scope: OrgScope, runId: string, written: { seen: Seen; manifest: ExportManifest }) {
  const { seen, manifest } = written;
  await scope.db.exportRun.updateMany({ where: { id: runId }, data: { ...seen, manifest: toJson(manifest) } });
}

/** Who acts, as the history names them. */
export const nameOfActor = ({ actor }: Pick<OrgScope, "actor">): string | null => ("name" in actor ? actor.name : null);

const daysOf = ({ from, to }: DayRange) => ({ fromDay: parseUtcDay(from), toDay: parseUtcDay(to) });

const toJson = (manifest: ExportManifest): Prisma.InputJsonObject => JSON.parse(JSON.stringify(manifest));

function toEntry(run: ExportRun): ExportRunEntry {
  const { id, scheduleId, name, search, state, requestedBy, location, errorCode } = run;
  const manifest = run.manifest as ExportManifest | null;
  return {
    id,
    scheduleId,
    name,
    search,
    from: toUtcDay(run.fromDay),
    to: toUtcDay(run.toDay),
    state,
    requestedBy,
    requestedAt: run.requestedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    takenAt: run.takenAt?.toISOString() ?? null,
    location,
    errorCode,
    written: manifest && {
      fileName: manifest.file_name,
      rows: manifest.rows,
      bytes: manifest.bytes,
      isComplete: manifest.complete,
    },
  };
}
