import { expect, it } from "vitest";
import { env } from "@/server/env";
import { listOutbox } from "@/server/mail/outbox";
import { sendMail } from "@/server/mail/send-mail";
import { sweepMails } from "@/server/mail/sweep";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase({ SMTP_URL: "smtp://127.0.0.1:9" });

const send = async () => {
  const values = { name: "Ada", link: "https://tollkeeper.example/" };
  await sendMail({ to: "ada@example.com", template: "accountExists", values, locale: "en" });
  return (await listOutbox())[0]?.id ?? "";
};
const make = (id: string, state: string, age: string) =>
  database.owner.query(`update mails set state = '${state}', created_at = now() - interval '${age}' where id = $1`, [
    id,
  ]);
const jobsOf = async (id: string) =>
  (await database.owner.query("select count(*)::int as n from bullmq.job where data::text like $1", [`%${id}%`]))
    .rows[0].n;

it("queues again what was lost or given up, and nothing that is on its way, sent or too old", async () => {
  const cases = [
    ["queued", "5 minutes", true],
    ["queued", "10 seconds", false],
    ["failed", "2 hours", true],
    ["failed", "10 minutes", false],
    ["failed", "25 hours", false],
    ["queued", "25 hours", false],
    ["sent", "5 minutes", false],
  ] as const;
  const mails = [];
  for (const [state, age, isLost] of cases) {
    const id = await send();
    await make(id, state, age);
    mails.push({ id, isLost });
  }
  await database.owner.query("delete from bullmq.job");
  expect(await sweepMails()).toBe(2);
  for (const { id, isLost } of mails) expect(await jobsOf(id)).toBe(isLost ? 1 : 0);
});

it("leaves mails alone where there is no mail server: the operator reads them", async () => {
  env().SMTP_URL = undefined;
  expect(await sweepMails()).toBe(0);
});
