import type { OrgScope } from "@/server/auth/scope";
import { openForOrg, resealForOrg, sealForOrg } from "@/server/secrets/data-key";

/** The secret key of the storage that a schedule writes to, bound to the schedule. */
const context = (orgId: string, scheduleId: string) => `tollkeeper:export-secret:${orgId}:${scheduleId}`;

export const sealExportSecret = (scope: OrgScope, scheduleId: string, secret: string) =>
  sealForOrg(scope, secret, context(scope.org.id, scheduleId));

export const openExportSecret = (scope: OrgScope, scheduleId: string, sealed: Uint8Array) =>
  openForOrg(scope, sealed, context(scope.org.id, scheduleId));

/** Seals them with the newest data key. @returns how many there were to seal */
export async function resealExportSecrets(scope: OrgScope): Promise<number> {
  const schedules = await scope.db.exportSchedule.findMany({ select: { id: true, secretSealed: true } });
  let resealed = 0;
  for (const { id, secretSealed } of schedules) {
    if (!secretSealed) continue;
    const fresh = await resealForOrg(scope, secretSealed, context(scope.org.id, id));
    if (!fresh) continue;
    const where = { id, secretSealed };
    resealed += (await scope.db.exportSchedule.updateMany({ where, data: { secretSealed: fresh } })).count;
  }
  return resealed;
}
