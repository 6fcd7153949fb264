import { beforeAll, expect, it } from "vitest";
import { CHAIN_START, chainHash } from "@/server/audit/chain";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
});

const rows = async () =>
  org.access.inScope((scope) => scope.db.auditEvent.findMany({ where: { orgId: org.id }, orderBy: { seq: "asc" } }));

it("every row's hash covers what was read back from the database, and the hash before it", async () => {
  await org.access.inScope(async (scope) => {
    scope.audit({
      action: "org.update",
      target: { type: "thing", id: "1", name: 'odd "name", with\u0001 and 이름' },
      before: { z: 1, a: { nested: [1.5, null, true], b: undefined } },
      after: { amount: "0.1", at: "2026-10-01T00:00:00.000Z" },
    });
  });
  let previous = CHAIN_START;
  for (const [index, row] of (await rows()).entries()) {
    const { hash, prevHash, seq, ...event } = row;
    expect(seq).toBe(BigInt(index + 1));
    expect(prevHash).toEqual(previous);
    expect(hash).toEqual(chainHash(previous, { ...event, seq: BigInt(index + 1) }));
    previous = hash as Uint8Array<ArrayBuffer>;
  }
});

it("writers at the same time make one chain without gaps", async () => {
  const before = (await rows()).length;
  const write = (n: number) =>
    org.access.inScope(async (scope) => {
      scope.audit({ action: "org.update", target: { type: "thing", id: String(n) } });
    });
  await Promise.all(Array.from({ length: 8 }, (_, n) => write(n)));
  const seqs = (await rows()).map(({ seq }) => seq);
  expect(seqs).toEqual(Array.from({ length: before + 8 }, (_, n) => BigInt(n + 1)));
});

it("a transaction that fails leaves the chain as it was", async () => {
  const head = async () =>
    (await database.owner.query("select seq, encode(hash, 'hex') as hash from audit_heads where org_id = $1", [org.id]))
      .rows;
  const before = await head();
  const failing = org.access.inScope(async (scope) => {
    scope.audit({ action: "org.update", target: { type: "thing", id: "1" } });
    await scope.db.$executeRaw`select 1 / 0`;
  });
  await expect(failing).rejects.toThrow();
  expect(await head()).toEqual(before);
});
