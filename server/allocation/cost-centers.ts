import type { OrgScope } from "@/server/auth/scope";
import { lockAllocation } from "@/server/allocation/lock.sql";
import {
  type CostCenter,
  type CostCenterChange,
  type CostCenterInput,
  type MarkupInput,
  MAX_COST_CENTERS,
} from "@/server/allocation/schema";
import { type Entry, setWithin, simplified } from "@/server/allocation/timeline";
import { AppError, notFound } from "@/server/lib/errors";
import { compareDecimals } from "@/server/lib/money";
import { parseUtcDay, toUtcDay } from "@/server/lib/time";

/** All cost centers, by name. */
export async function listCostCenters(scope: OrgScope): Promise<CostCenter[]> {
  const rows = await scope.db.costCenter.findMany({
    orderBy: { name: "asc" },
    include: { markups: { orderBy: { fromDay: "asc" } }, shares: { take: 1, select: { kind: true } } },
  });
  return rows.map(({ id, name, code, markups, shares }) => ({
    id,
    name,
    code,
    markups: markups.map(({ fromDay, percent }) => ({ from: toUtcDay(fromDay), percent: percent.toFixed() })),
    isUsed: shares.length > 0,
  }));
}

/** Names by id. */
export async function findCostCenterNames(scope: OrgScope): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.db.costCenter.findMany({ select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** @throws AppError conflict for a name that is taken, limit */
export async function createCostCenter(
  scope: OrgScope,
  { name, code }: CostCenterInput,
): Promise<{ costCenterId: string }> {
  await lockAllocation(scope);
  await demandFreeName(scope, name, null);
  if ((await scope.db.costCenter.count()) >= MAX_COST_CENTERS) {
    throw new AppError("limit", "too_many_cost_centers", {
      message: `There can be ${MAX_COST_CENTERS} cost centers at most.`,
    });
  }
  const { id } = await scope.db.costCenter.create({ data: { orgId: scope.org.id, name, code } });
  scope.audit({ action: "cost_center.create", target: { type: "cost_center", id, name }, after: { name, code } });
  return { costCenterId: id };
}

/** @throws AppError not_found, conflict */
export async function updateCostCenter(scope: OrgScope, { costCenterId, name, code }: CostCenterChange): Promise<void> {
  await lockAllocation(scope);
  const before = await demandCostCenter(scope, costCenterId);
  await demandFreeName(scope, name, costCenterId);
  await scope.db.costCenter.updateMany({ where: { id: costCenterId }, data: { name, code } });
  scope.audit({
    action: "cost_center.update",
    target: { type: "cost_center", id: costCenterId, name },
    before: { name: before.name, code: before.code },
    after: { name, code },
  });
}

/** Only of one that no rule names: reports of the past would lose it. @throws AppError not_found, precondition */
export async function removeCostCenter(scope: OrgScope, costCenterId: string): Promise<void> {
  await lockAllocation(scope);
  const { name, code } = await demandCostCenter(scope, costCenterId);
  if ((await scope.db.allocationShare.count({ where: { costCenterId } })) > 0) {
    throw new AppError("precondition", "cost_center_used", {
      message: "Allocation rules name this cost center, be they of the past. Change those first.",
    });
  }
  await scope.db.costCenter.deleteMany({ where: { id: costCenterId } });
  scope.audit({
    action: "cost_center.remove",
    target: { type: "cost_center", id: costCenterId, name },
    before: { name, code },
  });
}

/** Percent on what a cost center is shown, on the days of a range. @throws AppError not_found */
export async function setMarkup(scope: OrgScope, { costCenterId, percent, from, to }: MarkupInput): Promise<void> {
  await lockAllocation(scope);
  const { name } = await demandCostCenter(scope, costCenterId);
  const rows = await scope.db.costCenterMarkup.findMany({ where: { costCenterId }, orderBy: { fromDay: "asc" } });
  const before = rows.map(
    (row): Entry<string> => ({ fromDay: toUtcDay(row.fromDay), value: orNothing(row.percent.toFixed()) }),
  );
  const after = simplified(setWithin(before, { from, to }, orNothing(percent)), (a, b) => compareDecimals(a, b) === 0);
  await scope.db.costCenterMarkup.deleteMany({ where: { costCenterId } });
  await scope.db.costCenterMarkup.createMany({
    data: after.map(({ fromDay, value }) => ({
      orgId: scope.org.id,
      costCenterId,
      fromDay: parseUtcDay(fromDay),
      percent: value ?? "0",
    })),
  });
  scope.audit({
    action: "cost_center.markup",
    target: { type: "cost_center", id: costCenterId, name },
    before: { markups: before },
    after: { markups: after },
  });
}

/** Nothing on top is no markup. */
const orNothing = (percent: string) => (compareDecimals(percent, "0") === 0 ? null : percent);

async function demandCostCenter(scope: OrgScope, costCenterId: string) {
  const found = await scope.db.costCenter.findFirst({ where: { id: costCenterId } });
  if (!found) throw notFound("cost center");
  return found;
}

async function demandFreeName(scope: OrgScope, name: string, ownId: string | null) {
  const taken = await scope.db.costCenter.findFirst({ where: { name: { equals: name, mode: "insensitive" } } });
  if (!taken || taken.id === ownId) return;
  throw new AppError("conflict", "cost_center_name_taken", { message: "There is a cost center of this name already." });
}
