import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import type { ExportRun, ExportSchedule } from "@/server/db/generated/client";
import type { ExportFailure } from "@/server/exports/constants";
import { deliverByMail, readersAmong } from "@/server/exports/delivery/to-mail";
import { deliverToStorage } from "@/server/exports/delivery/to-storage";
import { failureText } from "@/server/exports/schedules/failure-text";
import { judgeFailure } from "@/server/exports/schedules/judge-failure";
import { ExportTarget, requestOf } from "@/server/exports/schema";
import { startExport } from "@/server/exports/start-export";
import { jobs } from "@/server/jobs/catalog";
import { appUrl } from "@/server/lib/app-url";
import { AppError } from "@/server/lib/errors";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { mailMembers } from "@/server/orgs/mail-members";
import { openExportSecret } from "@/server/orgs/export-secrets";

/**
 * Makes one ordered export and delivers it. What cannot get better by itself ends it, with the reason on record; anything
 * else is thrown, for the job to try it again, until it has been tried often enough. A run that is over is left alone.
 * @throws what may pass
 */
export async function executeExportRun(access: OrgAccess, runId: string, signal?: AbortSignal): Promise<void> {
  const found = await access.inScope((scope) => begin(scope.db, runId));
  if (!found) return;
  const { run, schedule } = found;
  try {
    const location = await deliver(access, { run, schedule, signal });
    await access.inScope((scope) => end(scope, runId, { state: "succeeded", location, errorCode: null }));
  } catch (error) {
    if (signal?.aborted) {
      await again(access, runId, { attempts: run.attempts, errorCode: "interrupted" });
      throw error;
    }
    const { code, isLasting } = judgeFailure(error);
    access.log.warn({ err: error, runId, code }, "scheduled export");
    if (isLasting || run.attempts + 1 >= jobs["export.run"].attempts) {
      await access.inScope((scope) => fail(scope, { run, schedule }, code));
      return;
    }
    await again(access, runId, { attempts: run.attempts + 1, errorCode: code });
    throw error;
  }
}

type Db = Parameters<Parameters<OrgAccess["inScope"]>[0]>[0]["db"];
type Found = { run: ExportRun; schedule: ExportSchedule };

/** Null for a run that is over, or whose schedule is gone, which ends it. */
async function begin(db: Db, runId: string): Promise<Found | null> {
  const run = await db.exportRun.findFirst({ where: { id: runId, state: { in: ["queued", "running"] } } });
  if (!run?.scheduleId) return null;
  const schedule = await db.exportSchedule.findFirst({ where: { id: run.scheduleId } });
  const where = { id: runId };
  if (schedule) await db.exportRun.updateMany({ where, data: { state: "running" } });
  else await db.exportRun.deleteMany({ where });
  return schedule && { run, schedule };
}

/** @returns where it went */
async function deliver(access: OrgAccess, { run, schedule, signal }: Found & { signal: AbortSignal | undefined }) {
  const range = { from: toUtcDay(run.fromDay), to: toUtcDay(run.toDay) };
  const request = requestOf(run.search, range);
  if (!request.success)
    throw new AppError("precondition", "not_exportable", { message: "This cannot be exported any more." });
  const target = ExportTarget.parse(schedule.target);
  const options = { signal, runId: run.id };
  if (target.kind === "mail") {
    const readers = await access.inScope((scope) => readersAmong(scope, target.recipients));
    const { name } = schedule;
    return (await deliverByMail(await startExport(access, request.data, options), { readers, name, org: access.org }))
      .location;
  }
  const secretAccessKey = await access.inScope((scope) =>
    openExportSecret(scope, schedule.id, schedule.secretSealed ?? new Uint8Array()),
  );
  return (await deliverToStorage(await startExport(access, request.data, options), { target, secretAccessKey, signal }))
    .location;
}

type Ending = { state: "succeeded" | "failed"; location: string | null; errorCode: ExportFailure | null };

async function end({ db }: OrgScope, runId: string, ending: Ending) {
  await db.exportRun.updateMany({ where: { id: runId }, data: { ...ending, finishedAt: new Date() } });
}

/** Who can mend it hears of the first failure, and of no other until it has worked again. */
async function fail(scope: OrgScope, { run, schedule }: Found, code: ExportFailure) {
  const before = await scope.db.exportRun.findFirst({
    where: { scheduleId: schedule.id, id: { not: run.id }, state: { in: ["succeeded", "failed"] } },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
  });
  await end(scope, run.id, { state: "failed", location: null, errorCode: code });
  if (before?.state !== "failed") await mailFailure(scope, { run, schedule }, code);
}

const mailFailure = (scope: OrgScope, { run, schedule }: Found, code: ExportFailure) =>
  mailMembers(scope, { roles: ["owner", "admin"], template: "exportFailed" }, ({ name, locale }) => ({
    name,
    org: scope.org.name,
    export: schedule.name,
    from: toUtcDay(run.fromDay),
    to: addUtcDays(toUtcDay(run.toDay), -1),
    reason: failureText(code, locale),
    link: appUrl(`/${scope.org.slug}/exports`),
  }));

async function again(access: OrgAccess, runId: string, tried: { attempts: number; errorCode: ExportFailure }) {
  await access.inScope((scope) =>
    scope.db.exportRun.updateMany({ where: { id: runId }, data: { state: "queued", ...tried } }),
  );
}
