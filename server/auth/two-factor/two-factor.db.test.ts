import { beforeEach, describe, expect, it } from "vitest";
import { findSessionUser, startSession } from "@/server/auth/sessions";
import { signIn } from "@/server/auth/sign-in";
import { codeOf, roomInStep, signedIn, withTwoFactor } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, makeUser, PASSWORD } from "@/server/testing/factories";
import { lastMailTo, mailedToken } from "@/server/testing/mails";

const database = useTestDatabase();
const client = { ip: "192.0.2.1", userAgent: null };
beforeEach(async () => {
  await database.owner.query("truncate throttle_hits");
  await roomInStep();
});

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "ok",
    (error: { reason?: string; cause?: { reason?: string } }) => error.reason ?? error.cause?.reason ?? String(error),
  );

/** The first step of signing in: what is asked for next. */
async function pendingOf(email: string): Promise<string> {
  const step = await signIn({ email, password: PASSWORD }, client);
  if (step.kind !== "second_factor") throw new Error("no code was asked for");
  return step.pendingToken;
}

describe("setting up", () => {
  it("counts only once a code was confirmed", async () => {
    const user = await signedIn(await makeUser());
    const { secret, uri, qr } = await callAs(user).account.twoFactor.begin();
    expect(uri).toContain(secret.replaceAll(" ", ""));
    expect(qr.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
    expect(await signIn({ email: user.email, password: PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
    expect(await reasonOf(callAs(user).account.twoFactor.confirm({ code: "000000" }))).toBe("wrong_code");
    expect(await signIn({ email: user.email, password: PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
    await callAs(user).account.twoFactor.confirm({ code: codeOf(secret) });
    expect(await signIn({ email: user.email, password: PASSWORD }, client)).toMatchObject({ kind: "second_factor" });
  });

  it("proves this session, ends the others, and gives ten recovery codes once", async () => {
    const user = await makeUser();
    const other = await startSession({ account: user, proof: { method: "password", twoFactor: false }, client });
    const { user: me, recoveryCodes } = await withTwoFactor(user);
    expect(await findSessionUser(me.session.id)).toMatchObject({ session: { twoFactor: true } });
    expect(await findSessionUser(other)).toBeNull();
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes[0]).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
    expect(await lastMailTo(user.email)).toMatchObject({ subject: "Two-factor sign-in was turned on" });
  });

  it("keeps neither secret nor codes in the database", async () => {
    const { user, secret, recoveryCodes } = await withTwoFactor(await makeUser());
    const { rows } = await database.owner.query(
      `select t::text || encode(t.sealed_secret, 'escape') as row from two_factors t where user_id = $1
       union all select r::text from recovery_codes r where user_id = $1`,
      [user.id],
    );
    const all = rows.map(({ row }) => row).join();
    expect(rows).toHaveLength(11);
    for (const hidden of [
      secret.replaceAll(" ", ""),
      ...recoveryCodes,
      ...recoveryCodes.map((c) => c.replaceAll("-", "")),
    ])
      expect(all).not.toContain(hidden);
  });

  it("begins anew with another secret, but not over one that is on", async () => {
    const user = await signedIn(await makeUser());
    const first = await callAs(user).account.twoFactor.begin();
    const second = await callAs(user).account.twoFactor.begin();
    expect(await reasonOf(callAs(user).account.twoFactor.confirm({ code: codeOf(first.secret) }))).toBe("wrong_code");
    await callAs(user).account.twoFactor.confirm({ code: codeOf(second.secret) });
    expect(await reasonOf(callAs(user).account.twoFactor.begin())).toBe("two_factor_already_on");
    expect(await reasonOf(callAs(user).account.twoFactor.confirm({ code: codeOf(second.secret, 1) }))).toBe(
      "two_factor_already_on",
    );
  });

  it("confirmed twice at once gives one set of codes", async () => {
    const user = await signedIn(await makeUser());
    const { secret } = await callAs(user).account.twoFactor.begin();
    const confirm = () => reasonOf(callAs(user).account.twoFactor.confirm({ code: codeOf(secret) }));
    expect((await Promise.all([confirm(), confirm()])).toSorted()).toEqual(["ok", "two_factor_already_on"]);
    const { rows } = await database.owner.query("select count(*)::int as n from recovery_codes where user_id = $1", [
      user.id,
    ]);
    expect(rows[0].n).toBe(10);
  });

  it("is refused in an old session: a stolen one must not lock the owner out", async () => {
    const user = await signedIn(await makeUser());
    await database.owner.query("update user_sessions set created_at = now() - interval '31 minutes' where id = $1", [
      user.session.id,
    ]);
    expect(await reasonOf(callAs(user).account.twoFactor.begin())).toBe("sign_in_again");
  });
});

describe("signing in with a code", () => {
  it("works after the password, and after a mailed link", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    expect(await signIn({ pendingToken: await pendingOf(user.email), code: codeOf(secret) }, client)).toMatchObject({
      kind: "signed_in",
      proof: { method: "password", twoFactor: true },
    });
    await callAs(null).auth.requestMagicLink({ email: user.email });
    const step = await signIn({ magicToken: await mailedToken(user.email, "magicLink") }, client);
    if (step.kind !== "second_factor") throw new Error("a mailed link alone is one factor");
    const code = codeOf(secret, 1).replace(/(...)(...)/, " $1 $2 ");
    expect(await signIn({ pendingToken: step.pendingToken, code }, client)).toMatchObject({
      proof: { method: "magic_link", twoFactor: true },
    });
  });

  it("takes no code twice, also not by two at once", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    const code = codeOf(secret);
    const pendingToken = await pendingOf(user.email);
    const twice = await Promise.all([1, 2].map(() => reasonOf(signIn({ pendingToken, code }, client))));
    expect(twice.filter((reason) => reason === "ok")).toHaveLength(1);
    expect(await reasonOf(signIn({ pendingToken: await pendingOf(user.email), code }, client))).toBe("wrong_code");
  });

  it("takes no code older than one that was used", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    await signIn({ pendingToken: await pendingOf(user.email), code: codeOf(secret, 1) }, client);
    const pendingToken = await pendingOf(user.email);
    expect(await reasonOf(signIn({ pendingToken, code: codeOf(secret) }, client))).toBe("wrong_code");
  });

  it("takes no code of somebody else, and a wrong one does not end the attempt", async () => {
    const ada = await withTwoFactor(await makeUser());
    const eve = await withTwoFactor(await makeUser("Eve"));
    const pendingToken = await pendingOf(ada.user.email);
    expect(await reasonOf(signIn({ pendingToken, code: codeOf(eve.secret) }, client))).toBe("wrong_code");
    expect(await reasonOf(signIn({ pendingToken, code: eve.recoveryCodes[0] }, client))).toBe("wrong_code");
    expect(await reasonOf(signIn({ pendingToken, code: codeOf(ada.secret) }, client))).toBe("ok");
  });

  it("does not go on with a late, used, or invented first step, nor with a token of another purpose", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    await callAs(null).auth.requestPasswordReset({ email: user.email });
    const late = await pendingOf(user.email);
    await database.owner.query(
      "update one_time_tokens set expires_at = now() - interval '1 minute' where purpose = 'second_factor'",
    );
    for (const pendingToken of [late, "x".repeat(43), await mailedToken(user.email, "resetPassword")])
      expect(await reasonOf(signIn({ pendingToken, code: codeOf(secret) }, client))).toBe("pending_expired");
  });

  it("is over after five wrong codes, for a quarter of an hour", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    const pendingToken = await pendingOf(user.email);
    const reasons = [];
    for (let n = 0; n < 6; n++) reasons.push(await reasonOf(signIn({ pendingToken, code: `00000${n}` }, client)));
    expect(reasons).toEqual([...Array(5).fill("wrong_code"), "too_many_attempts"]);
    expect(await reasonOf(signIn({ pendingToken, code: codeOf(secret) }, client))).toBe("too_many_attempts");
  });
});

describe("a recovery code", () => {
  it("signs in once, however it is typed, and its owner is told", async () => {
    const { user, recoveryCodes } = await withTwoFactor(await makeUser());
    const [code = ""] = recoveryCodes;
    const typed = ` ${code.toUpperCase().replaceAll("-", " ")} `;
    expect(await signIn({ pendingToken: await pendingOf(user.email), code: typed }, client)).toMatchObject({
      proof: { twoFactor: true },
    });
    expect(await lastMailTo(user.email)).toMatchObject({ subject: "A recovery code was used" });
    expect(await reasonOf(signIn({ pendingToken: await pendingOf(user.email), code }, client))).toBe("wrong_code");
    expect(await callAs(user).account.get()).toMatchObject({ twoFactor: { recoveryCodesLeft: 9 } });
  });

  it("is used by one of two at once", async () => {
    const { user, recoveryCodes } = await withTwoFactor(await makeUser());
    const [code = ""] = recoveryCodes;
    const pendingToken = await pendingOf(user.email);
    const twice = await Promise.all([1, 2].map(() => reasonOf(signIn({ pendingToken, code }, client))));
    expect(twice.filter((reason) => reason === "ok")).toHaveLength(1);
  });

  it("of an earlier set does not work", async () => {
    const { user, recoveryCodes } = await withTwoFactor(await makeUser());
    const renewed = await callAs(user).account.twoFactor.renewRecoveryCodes({ proof: PASSWORD });
    const pendingToken = await pendingOf(user.email);
    expect(await reasonOf(signIn({ pendingToken, code: recoveryCodes[1] }, client))).toBe("wrong_code");
    expect(await reasonOf(signIn({ pendingToken, code: renewed.recoveryCodes[0] }, client))).toBe("ok");
  });
});

describe("turning it off", () => {
  it("needs the password or a code", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    const turnOff = (proof: string) => reasonOf(callAs(user).account.twoFactor.turnOff({ proof }));
    expect(await turnOff("something else")).toBe("wrong_proof");
    expect(await turnOff("000000")).toBe("wrong_proof");
    expect(await turnOff(codeOf(secret))).toBe("ok");
    expect(await turnOff(PASSWORD)).toBe("two_factor_off");
    expect(await signIn({ email: user.email, password: PASSWORD }, client)).toMatchObject({ kind: "signed_in" });
  });

  it("closes what needs a second factor at the next request, in sessions that had one", async () => {
    const org = await makeOrg();
    const { user } = await withTwoFactor(await makeMember(org, "reader"));
    await database.owner.query("update orgs set require_two_factor = true where id = $1", [org.id]);
    const look = async () => {
      const me = await findSessionUser(user.session.id);
      return reasonOf(callAs(me).orgs.get({ org: org.slug }));
    };
    expect(await look()).toBe("ok");
    await callAs(user).account.twoFactor.turnOff({ proof: PASSWORD });
    expect(await look()).toBe("two_factor_required");
    const { rows } = await database.owner.query(
      "select action from audit_events where org_id = $1 and target_id = $2 and action like 'two_factor.%' order by seq",
      [org.id, user.id],
    );
    expect(rows).toEqual([{ action: "two_factor.on" }, { action: "two_factor.off" }]);
  });
});

it("a session that began without a code can prove it later", async () => {
  const { user, secret } = await withTwoFactor(await makeUser());
  const id = await startSession({ account: user, proof: { method: "google", twoFactor: false }, client });
  const me = await findSessionUser(id);
  expect(await reasonOf(callAs(me).account.twoFactor.prove({ code: "000000" }))).toBe("wrong_code");
  await callAs(me).account.twoFactor.prove({ code: codeOf(secret) });
  expect(await findSessionUser(id)).toMatchObject({ session: { twoFactor: true } });
});
