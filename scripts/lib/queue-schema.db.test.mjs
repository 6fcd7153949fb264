import { expect, it } from "vitest";
import { queues } from "@/server/jobs/catalog";
import { useTestDatabase } from "@/server/testing/database";
import { withClient } from "./connect.mjs";
import { prepareQueueSchema, queueNames } from "./queue-schema.mjs";

const database = useTestDatabase();
const asApp = (sql) => withClient(database.appUrl, (client) => client.query(sql));

it("knows every queue", () => expect(queueNames).toEqual(Object.keys(queues).sort()));

it.each(queueNames)("lets the application number the jobs of %s, again and again", async (queue) => {
  const ids = [];
  for (let i = 0; i < 3; i += 1) ids.push((await asApp(`select bullmq.next_job_id('${queue}') as id`)).rows[0].id);
  expect(new Set(ids).size).toBe(3);
});

it("lets it create nothing", async () => {
  await expect(asApp("create table bullmq.mine (id int)")).rejects.toThrow("permission denied for schema bullmq");
  await expect(asApp("create table public.mine (id int)")).rejects.toThrow("permission denied for schema public");
});

it("takes the right away that earlier versions gave, and keeps the numbers", async () => {
  await database.owner.query("grant create on schema bullmq to tollkeeper_app");
  const { rows } = await asApp("select bullmq.next_job_id('sync') as id");
  await prepareQueueSchema(database.ownerUrl);
  expect(Number((await asApp("select bullmq.next_job_id('sync') as id")).rows[0].id)).toBe(Number(rows[0].id) + 1);
  await expect(asApp("create table bullmq.mine (id int)")).rejects.toThrow("permission denied");
});
