import { randomUUID } from "node:crypto";
import type { OrgScope } from "@/server/auth/scope";
import type { ExportSchedule } from "@/server/db/generated/client";
import { ExportTarget, type ScheduleEntry, type ScheduleInput, sourceOfSearch } from "@/server/exports/schema";
import { mostDaysOf, nextRunAt, type Rhythm } from "@/server/exports/schedules/times";
import { maxDaysBy } from "@/server/explore/constants";
import { AppError, notFound } from "@/server/lib/errors";
import { sealExportSecret } from "@/server/orgs/export-secrets";

const MAX_SCHEDULES = 50;

/** By name; never with a secret. */
export async function listSchedules(scope: OrgScope): Promise<ScheduleEntry[]> {
  const schedules = await scope.db.exportSchedule.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return schedules.map((schedule) => ({
    id: schedule.id,
    name: schedule.name,
    search: schedule.search,
    ...rhythmOf(schedule),
    target: ExportTarget.parse(schedule.target),
    nextAt: schedule.nextAt?.toISOString() ?? null,
  }));
}

export const rhythmOf = ({ frequency, hour, dayOfPeriod, trailingDays }: ExportSchedule): Rhythm => ({
  frequency,
  hour,
  dayOfPeriod,
  trailingDays,
});

/** @throws AppError invalid for a storage without a secret key and for more steps than can be told, limit for too many */
export async function createSchedule(scope: OrgScope, input: ScheduleInput): Promise<{ scheduleId: string }> {
  if ((await scope.db.exportSchedule.count()) >= MAX_SCHEDULES) {
    throw new AppError("limit", "too_many_schedules", {
      message: `An organization has at most ${MAX_SCHEDULES} scheduled exports. Delete some first.`,
    });
  }
  refuseTooManySteps(input);
  const id = randomUUID();
  const data = { ...valuesOf(scope, input), secretSealed: await secretFor(scope, { id, input, before: null }) };
  await scope.db.exportSchedule.create({ data: { orgId: scope.org.id, id, ...data } });
  scope.audit({
    action: "export_schedule.create",
    target: { type: "export_schedule", id, name: input.name },
    after: told(data),
  });
  return { scheduleId: id };
}

/** Replaces what a schedule says; a secret key stays where the storage and its key's id do. @throws as createSchedule, not_found */
export async function updateSchedule(scope: OrgScope, scheduleId: string, input: ScheduleInput): Promise<void> {
  const before = await findSchedule(scope, scheduleId);
  refuseTooManySteps(input);
  const { nextAt, ...values } = valuesOf(scope, input);
  const secretSealed = await secretFor(scope, { id: scheduleId, input, before });
  const data = { ...values, secretSealed, ...(before.nextAt && { nextAt }) };
  await scope.db.exportSchedule.updateMany({ where: { id: scheduleId }, data });
  scope.audit({
    action: "export_schedule.update",
    target: { type: "export_schedule", id: scheduleId, name: input.name },
    before: told(before),
    after: told(data),
  });
}

/** A paused schedule makes up for nothing once it goes on. @throws AppError not_found */
export async function setSchedulePaused(scope: OrgScope, scheduleId: string, isPaused: boolean): Promise<void> {
  const schedule = await findSchedule(scope, scheduleId);
  if ((schedule.nextAt === null) === isPaused) return;
  const nextAt = isPaused ? null : nextRunAt(rhythmOf(schedule), scope.org.timezone, new Date());
  await scope.db.exportSchedule.updateMany({ where: { id: scheduleId }, data: { nextAt } });
  scope.audit({
    action: isPaused ? "export_schedule.pause" : "export_schedule.resume",
    target: { type: "export_schedule", id: scheduleId, name: schedule.name },
  });
}

/** What it delivered stays where it is, and in the list of exports. @throws AppError not_found */
export async function deleteSchedule(scope: OrgScope, scheduleId: string): Promise<void> {
  const schedule = await findSchedule(scope, scheduleId);
  await scope.db.exportSchedule.deleteMany({ where: { id: scheduleId } });
  scope.audit({
    action: "export_schedule.delete",
    target: { type: "export_schedule", id: scheduleId, name: schedule.name },
    before: told(schedule),
  });
}

/** @throws AppError not_found */
export async function findSchedule(scope: OrgScope, scheduleId: string): Promise<ExportSchedule> {
  const schedule = await scope.db.exportSchedule.findFirst({ where: { id: scheduleId } });
  if (!schedule) throw notFound("scheduled export");
  return schedule;
}

/** What one run could answer and the next one, being of a longer month, could not, is not begun. */
function refuseTooManySteps(input: ScheduleInput) {
  const source = sourceOfSearch(input.search);
  if (source?.kind !== "explore") return;
  const { granularity } = source.query;
  const most = maxDaysBy(granularity);
  if (mostDaysOf(input) <= most) return;
  throw new AppError("invalid", "schedule_too_long", {
    message: `By the ${granularity} an export holds ${most} days at most. Schedule fewer days, or a view with longer steps.`,
  });
}

const valuesOf = (
  { org }: OrgScope,
  { name, search, target, frequency, hour, dayOfPeriod, trailingDays }: ScheduleInput,
) => {
  const rhythm: Rhythm = { frequency, hour, dayOfPeriod, trailingDays };
  return { name, search, target, ...rhythm, nextAt: nextRunAt(rhythm, org.timezone, new Date()) };
};

type Change = { id: string; input: ScheduleInput; before: ExportSchedule | null };

/** The key of one storage is not shown to another: a changed address asks for it anew. */
async function secretFor(scope: OrgScope, { id, input, before }: Change): Promise<Uint8Array<ArrayBuffer> | null> {
  if (input.target.kind !== "s3") return null;
  if (input.secretAccessKey) return sealExportSecret(scope, id, input.secretAccessKey);
  const former = before && ExportTarget.parse(before.target);
  const isSame =
    former?.kind === "s3" &&
    former.endpoint === input.target.endpoint &&
    former.accessKeyId === input.target.accessKeyId;
  if (isSame && before?.secretSealed) return before.secretSealed;
  throw new AppError("invalid", "storage_secret_missing", { message: "Give the secret access key of this storage." });
}

const told = ({
  name,
  search,
  frequency,
  hour,
  target,
}: Pick<ExportSchedule, "name" | "search" | "frequency" | "hour"> & { target: unknown }) => ({
  name,
  search,
  frequency,
  hour,
  target: ExportTarget.parse(target),
});
