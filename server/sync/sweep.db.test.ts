import { beforeEach, expect, it } from "vitest";
import { sweep } from "@/server/sync/sweep";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();

let org: TestOrg;
let connectionId: string;

beforeEach(async () => {
  org = await makeOrg();
  connectionId = await makeConnection(org);
});

/** Minutes from now; negative for what is overdue. */
const schedule = (minutes: { recent: number; trailing: number; directory: number }) =>
  database.owner.query(
    `update connections set next_recent_at = now() + make_interval(mins => $2), next_trailing_at = now() + make_interval(mins => $3),
       next_directory_at = now() + make_interval(mins => $4) where id = $1`,
    [connectionId, minutes.recent, minutes.trailing, minutes.directory],
  );

const started = async () =>
  (
    await database.owner.query("select kind::text from sync_runs where connection_id = $1 order by kind", [
      connectionId,
    ])
  ).rows.map(({ kind }) => kind);

it.each([
  ["the recent one alone", { recent: -1, trailing: 5, directory: 5 }, ["recent"]],
  ["the trailing one alone", { recent: 5, trailing: -1, directory: 5 }, ["trailing"]],
  ["both, of which the trailing one is enough", { recent: -1, trailing: -1, directory: 5 }, ["trailing"]],
  ["both, the recent one for longer", { recent: -9, trailing: -1, directory: 5 }, ["trailing"]],
  ["all", { recent: -9, trailing: -1, directory: -1 }, ["directory", "trailing"]],
  ["none", { recent: 5, trailing: 5, directory: 5 }, []],
])("of syncs that are due: %s", async (_name, minutes, kinds) => {
  await schedule(minutes);
  await sweep();
  expect(await started()).toEqual(kinds);
  expect((await sweep()).started, "a second sweep starts nothing").toBe(0);
});

it("two sweeps at once start what is due once", async () => {
  await schedule({ recent: -1, trailing: -1, directory: 5 });
  const sweeps = await Promise.all([sweep(), sweep()]);
  expect(sweeps.map(({ started }) => started).toSorted()).toEqual([0, 1]);
  expect(await started()).toEqual(["trailing"]);
});
