import { expect, it } from "vitest";
import { registerSchedules } from "@/server/jobs/enqueue";
import { jobs } from "@/server/jobs/catalog";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const recurring = Object.entries(jobs)
  .filter(([, { cron }]) => cron !== null)
  .map(([name]) => name)
  .toSorted();

it("several processes that start at once register every schedule, and none of them fails", async () => {
  await Promise.all(Array.from({ length: 12 }, () => registerSchedules()));
  const { rows } = await database.owner.query("select distinct name from bullmq.job order by name");
  expect(rows.map(({ name }) => name)).toEqual(recurring);
});

it("an iteration that is being worked on does not stop a start", async () => {
  await database.owner.query("update bullmq.job set state = 'active' where name = 'sync.sweep'");
  await registerSchedules();
});
