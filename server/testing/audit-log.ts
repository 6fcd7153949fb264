import type pg from "pg";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

/** An org whose log holds its creation by the owner, and four changes of things 1 to 4 by the operator. */
export async function makeLog(): Promise<TestOrg> {
  const org = await makeOrg();
  for (let n = 1; n <= 4; n++) {
    await org.access.inScope(async (scope) => {
      scope.audit({
        action: "org.update",
        target: { type: "thing", id: String(n), name: `=thing ${n}` },
        after: { n },
      });
    });
  }
  return org;
}

/** Rows of before there was a chain, all of one moment. */
export const addUnchained = (owner: pg.Pool, org: TestOrg, count: number) =>
  beforeTheChain(owner, () =>
    owner.query(
      `insert into audit_events (org_id, id, at, actor_type, action, target_type, target_id)
       select $1, gen_random_uuid(), '2026-01-01', 'operator', 'org.update', 'org', 'old ' || n from generate_series(1, $2) n`,
      [org.id, count],
    ),
  );

/** As it was before every row had to stand in the chain. */
export async function beforeTheChain(owner: pg.Pool, insert: () => Promise<unknown>): Promise<void> {
  const { rows } = await owner.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'audit_events_chained'",
  );
  await owner.query("alter table audit_events drop constraint audit_events_chained");
  await insert();
  await owner.query(`alter table audit_events add constraint audit_events_chained ${rows[0]?.definition}`);
}
