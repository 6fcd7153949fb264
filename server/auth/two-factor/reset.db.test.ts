import { expect, it } from "vitest";
import { findSessionUser, startSession } from "@/server/auth/sessions";
import { signIn } from "@/server/auth/sign-in";
import { resetTwoFactor } from "@/server/auth/two-factor/reset";
import { noClient } from "@/server/lib/client-info";
import { codeOf, withTwoFactor } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase();

it("lets somebody in by the password alone who lost it, and ends everything that was begun before", async () => {
  const org = await makeOrg();
  const { user, secret, recoveryCodes } = await withTwoFactor(org.owner);
  const elsewhere = await startSession({
    account: user,
    proof: { method: "password", twoFactor: true },
    client: noClient,
  });
  const credentials = { email: user.email, password: PASSWORD };
  const pending = await signIn(credentials, noClient);
  if (pending.kind !== "second_factor") throw new Error("a code had to be asked for");

  expect(await resetTwoFactor(` ${user.email.toUpperCase()}`)).toEqual({ email: user.email });

  for (const sessionId of [user.session.id, elsewhere]) expect(await findSessionUser(sessionId)).toBeNull();
  for (const code of [codeOf(secret), recoveryCodes[0] ?? ""]) {
    await expect(signIn({ pendingToken: pending.pendingToken, code }, noClient)).rejects.toMatchObject({
      reason: "pending_expired",
    });
  }
  expect(await signIn(credentials, noClient)).toMatchObject({ kind: "signed_in", proof: { twoFactor: false } });
  expect(await lastMailTo(user.email)).toMatchObject({ subject: "Two-factor sign-in was turned off" });
  const { rows: left } = await database.owner.query(
    "select user_id from two_factors where user_id = $1 union all select user_id from recovery_codes where user_id = $1",
    [user.id],
  );
  expect(left).toEqual([]);
  const { rows: events } = await database.owner.query(
    "select action from account_events where user_id = $1 order by id desc limit 1",
    [user.id],
  );
  expect(events).toEqual([{ action: "two_factor.off" }]);
  const { rows: audited } = await database.owner.query(
    "select action, actor_type, target_name from audit_events where org_id = $1 order by seq desc limit 1",
    [org.id],
  );
  expect(audited).toEqual([{ action: "two_factor.off", actor_type: "operator", target_name: user.email }]);
});

it("is for accounts that have one", async () => {
  const { email } = await makeUser();
  await expect(resetTwoFactor(email)).rejects.toMatchObject({ code: "precondition", reason: "two_factor_off" });
  await expect(resetTwoFactor("nobody@example.com")).rejects.toMatchObject({ code: "not_found" });
});
