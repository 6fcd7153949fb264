import { expect, it } from "vitest";
import { issueToken } from "@/server/auth/one-time-tokens";
import { findSessionUser, startSession } from "@/server/auth/sessions";
import { throttle } from "@/server/auth/throttle";
import { tidyAccounts } from "@/server/auth/tidy";
import { noClient } from "@/server/lib/client-info";
import { sendMail } from "@/server/mail/send-mail";
import { useTestDatabase } from "@/server/testing/database";
import { makeUser } from "@/server/testing/factories";

const database = useTestDatabase();
const nothing = { oneTimeTokens: 0, throttleHits: 0, sessions: 0, mails: 0, accountEvents: 0 };

it("deletes what is over for long enough, and nothing else", async () => {
  const user = await makeUser();
  const start = () =>
    startSession({ account: user, proof: { method: "password", twoFactor: false }, client: noClient });
  const [current, old] = [await start(), await start()];
  await issueToken({ purpose: "magic_link", email: user.email, userId: user.id, lifetimeMinutes: 15 });
  await issueToken({ purpose: "verify_email", email: user.email, userId: user.id, lifetimeMinutes: 15 });
  for (const subject of ["a", "b"]) await throttle({ limit: { name: "test", max: 5, windowSeconds: 60 }, subject });
  const link = "https://tollkeeper.example/";
  const order = { to: user.email, template: "accountExists", values: { name: "Ada", link }, locale: "en" } as const;
  await sendMail(order);
  await sendMail(order);

  expect(await tidyAccounts()).toEqual(nothing);
  await database.owner.query("update user_sessions set last_seen_at = now() - interval '91 days' where id = $1", [old]);
  for (const [table, column, days] of [
    ["one_time_tokens", "expires_at", 2],
    ["throttle_hits", "at", 2],
    ["mails", "created_at", 31],
    ["account_events", "at", 366],
  ] as const) {
    await database.owner.query(
      `update ${table} set ${column} = now() - interval '${days} days' where ctid = (select min(ctid) from ${table})`,
    );
  }
  expect(await tidyAccounts()).toEqual({
    oneTimeTokens: 1,
    throttleHits: 1,
    sessions: 1,
    mails: 1,
    accountEvents: 1,
  });
  expect(await tidyAccounts()).toEqual(nothing);
  expect(await findSessionUser(current)).not.toBeNull();
});
