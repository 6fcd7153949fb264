import type { BenchDatabase, Defer } from "@/bench/lib/database";
import { percentile, timed } from "@/bench/lib/statistics";
import { makeConnection, makeOrg } from "@/bench/lib/tenant";
import { withTenant } from "@/server/db/tenant";
import { ownerClient, type UnboundDb } from "@/server/testing/owner-client";

const ROUNDS = 1_000;
const WARM_UP = 100;
const ORGS = 20;

type Query = (db: UnboundDb, orgId: string) => Promise<unknown>;

/** What procedures ask for, each with its org in the condition: the same statement with and without the guard. */
const queries: Record<string, Query> = {
  "one connection": (db, orgId) => db.connection.findFirst({ where: { orgId } }),
  "members with their names": (db, orgId) =>
    db.membership.findMany({ where: { orgId }, include: { user: { select: { name: true, email: true } } } }),
  "a page of the audit log": (db, orgId) =>
    db.auditEvent.findMany({ where: { orgId }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 50 }),
  "90 days of costs by key": (db, orgId) =>
    db.$queryRaw`
    select key, sum(amount) as amount from cost_daily
    where org_id = ${orgId}::uuid and dimension = 1 and day >= date '2026-07-01' and day < date '2026-09-29'
    group by key order by amount desc limit 50`,
};

export type TenantCost = { query: string; plain: number[]; transaction: number[]; guarded: number[] };

/**
 * Milliseconds of each query in three ways, taking turns: as the owner, whom no policy binds, by itself; the same in a
 * transaction; and as a procedure does it, in a transaction that is bound to the org, as the role that policies bind.
 */
export async function measureTenantCost(database: BenchDatabase, defer: Defer): Promise<TenantCost[]> {
  const orgIds = await fill(database);
  const owner = ownerClient(database.ownerUrl);
  defer(() => owner.$disconnect());
  const costs: TenantCost[] = [];
  for (const [query, ask] of Object.entries(queries)) {
    const cost: TenantCost = { query, plain: [], transaction: [], guarded: [] };
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const orgId = orgIds[(round + WARM_UP) % orgIds.length] ?? "";
      const ways = {
        plain: await timed(() => ask(owner, orgId)),
        transaction: await timed(() => owner.$transaction((tx) => ask(tx, orgId))),
        guarded: await timed(() => withTenant(orgId, (db) => ask(db, orgId))),
      };
      if (round < 0) continue;
      for (const way of ["plain", "transaction", "guarded"] as const) cost[way].push(ways[way].ms);
    }
    costs.push(cost);
  }
  return costs;
}

/** What the guard adds to the query's own time, as the difference of the same share of each. */
export const added = ({ plain, guarded }: TenantCost, share: number) =>
  percentile(guarded, share) - percentile(plain, share);

/** Orgs of ordinary size, so that reading more than one's own would show. */
async function fill({ owner }: BenchDatabase): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < ORGS; n++) {
    const access = await makeOrg(`Bench ${n}`);
    await makeConnection(access);
    ids.push(access.org.id);
  }
  await owner.query(`
    with people as (
      insert into users (id, email, name, updated_at)
      select gen_random_uuid(), 'member-' || n || '@example.com', 'Member ' || n, now() from generate_series(1, 400) n
      returning id
    ), numbered as (select id, row_number() over () as n from people), chosen as (
      select o.id as org_id, row_number() over (order by o.id) as place from orgs o
    )
    insert into memberships (org_id, user_id, role)
    select c.org_id, p.id, 'reader' from numbered p join chosen c on p.n % ${ORGS} = c.place - 1`);
  await owner.query(`
    insert into audit_events (org_id, id, seq, prev_hash, hash, at, actor_type, action, target_type, target_id)
    select o.id, gen_random_uuid(), 1000 + n, '', '', now() - n * interval '1 minute', 'job', 'bench', 'org', o.id::text
    from orgs o, generate_series(1, 1000) n`);
  await owner.query(`
    insert into streams (org_id, connection_id, name, grouping)
    select org_id, id, 'costs.project', '{}' from connections`);
  await owner.query(`
    insert into cost_daily (org_id, dimension, day, key, stream_id, amount)
    select s.org_id, 1, date '2026-01-01' + d, 'key_' || k, s.id, d + k
    from streams s, generate_series(0, 270) d, generate_series(1, 40) k`);
  await owner.query("vacuum analyze");
  return ids;
}
