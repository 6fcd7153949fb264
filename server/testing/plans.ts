import { expect } from "vitest";
import { accessAsSystem, type OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";

/** A node of a plan as `explain (format json)` gives it. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
};

/** All nodes of the plans of the SQL statements of ours that the work sends. Models of Prisma are not among them. */
export async function plansOf(orgId: string, work: (scope: OrgScope) => Promise<unknown>): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  const access = await accessAsSystem({ id: orgId }, { type: "operator" });
  await access.inScope(async (scope) => {
    // Tables of a test are so small that reading them whole would be right.
    await scope.db.$executeRaw`set local enable_seqscan = off`;
    await work(noting(scope, plans));
  });
  return plans.flatMap(flatten);
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

/** The same scope, which has the database explain each statement before it is sent. */
function noting(scope: OrgScope, plans: PlanNode[]): OrgScope {
  const queryRaw = async (statement: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
    const sql = statement instanceof Prisma.Sql ? statement : Prisma.sql(statement, ...values);
    const [row] = await scope.db.$queryRaw<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>(
      Prisma.sql`explain (format json) ${sql}`,
    );
    plans.push(...(row?.["QUERY PLAN"] ?? []).map(({ Plan }) => Plan));
    return scope.db.$queryRaw(sql);
  };
  return {
    ...scope,
    db: new Proxy(scope.db, { get: (db, name) => (name === "$queryRaw" ? queryRaw : Reflect.get(db, name)) }),
  };
}

const figures = /^(cost|usage)_(facts|daily|spans)$|^fact_packs$|^series$|^directory_items$/;

/** Figures were read, and through an index that the org leads: never a whole table. */
export function expectOrgsIndex(nodes: readonly PlanNode[]) {
  const whole = nodes.filter((node) => node["Node Type"] === "Seq Scan" && figures.test(node["Relation Name"] ?? ""));
  expect(whole).toEqual([]);
  const byIndex = nodes.filter((node) => /^(Index|Index Only|Bitmap Index) Scan$/.test(node["Node Type"]));
  const isOfFigures = (node: PlanNode) =>
    figures.test(node["Relation Name"] ?? "") ||
    /^(cost|usage)_|^fact_packs|^series_|^directory_items_/.test(node["Index Name"] ?? "");
  const ofFigures = byIndex.filter(isOfFigures);
  expect(ofFigures.length).toBeGreaterThan(0);
  for (const node of ofFigures) expect(node["Index Cond"]).toContain("org_id");
}
