import { type AnomalyDimension, anomalyDimensions } from "@/server/anomalies/constants";
import type { AnomalyDismissal, AnomalyRef } from "@/server/anomalies/schema";
import type { OrgScope } from "@/server/auth/scope";
import { notFound } from "@/server/lib/errors";
import { parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import { costDimensions } from "@/server/usage/dimensions";
import type { DayRange } from "@/server/usage/schema";

export type Dismissal = {
  dimension: AnomalyDimension;
  key: string;
  day: UtcDay;
  reason: string;
  /** The member's name, if it is one of today's. */
  by: string | null;
  at: Date;
};

/** What was dismissed of these days. */
export async function readDismissals(scope: OrgScope, { from, to }: DayRange): Promise<Dismissal[]> {
  const rows = await scope.db.anomalyDismissal.findMany({
    where: { day: { gte: parseUtcDay(from), lt: parseUtcDay(to) } },
  });
  const people = rows.flatMap(({ dismissedBy }) => dismissedBy ?? []);
  const members = await scope.db.membership.findMany({
    where: { userId: { in: people } },
    select: { userId: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map(({ userId, user }) => [userId, user.name]));
  return rows.flatMap(({ dimension: number, key, day, reason, dismissedBy, dismissedAt }) => {
    const dimension = anomalyDimensions.find((name) => costDimensions[name] === number);
    if (!dimension) return [];
    const by = dismissedBy ? (names.get(dismissedBy) ?? null) : null;
    return [{ dimension, key, day: toUtcDay(day), reason, by, at: dismissedAt }];
  });
}

/** Says why an anomaly is none, or is settled: it is listed apart from then on. Saying it again replaces the reason. */
export async function dismissAnomaly(scope: OrgScope, { reason, ...ref }: AnomalyDismissal): Promise<void> {
  const { actor } = scope;
  const said = { reason, dismissedBy: actor.type === "user" ? actor.id : null, dismissedAt: new Date() };
  const id = idOf(scope, ref);
  await scope.db.anomalyDismissal.upsert({
    where: { orgId_dimension_key_day: id },
    create: { ...id, ...said },
    update: said,
  });
  scope.audit({ action: "anomaly.dismiss", target: targetOf(ref), after: { day: ref.day, reason } });
}

/** Takes a dismissal back. @throws AppError not_found */
export async function restoreAnomaly(scope: OrgScope, ref: AnomalyRef): Promise<void> {
  const where = { orgId_dimension_key_day: idOf(scope, ref) };
  const dismissal = await scope.db.anomalyDismissal.findUnique({ where });
  if (!dismissal) throw notFound("dismissal");
  await scope.db.anomalyDismissal.delete({ where });
  scope.audit({ action: "anomaly.restore", target: targetOf(ref), before: { day: ref.day, reason: dismissal.reason } });
}

const idOf = ({ org }: OrgScope, { dimension, key, day }: AnomalyRef) => ({
  orgId: org.id,
  dimension: costDimensions[dimension],
  key,
  day: parseUtcDay(day),
});

const targetOf = ({ dimension, key }: AnomalyRef) => ({
  type: "anomaly",
  id: key || dimension,
  name: key || dimension,
});
