import { beforeEach, describe, expect, it } from "vitest";
import { resealInstallation } from "@/server/auth/reseal-installation";
import { openTotpSecret } from "@/server/auth/two-factor/totp";
import { openAdminKey, sealAdminKey } from "@/server/connections/admin-key";
import { rotateDataKeys } from "@/server/connections/rotate-data-keys";
import { sendMail } from "@/server/mail/send-mail";
import { openSsoSecret, sealSsoSecret } from "@/server/orgs/sso-secret";
import { withTwoFactor } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, makeUser, type TestOrg } from "@/server/testing/factories";
import { lastMailTo } from "@/server/testing/mails";

const database = useTestDatabase();
let org: TestOrg;
let other: TestOrg;
let connectionId: string;

beforeEach(async () => {
  org = await makeOrg("Acme");
  other = await makeOrg("Beacon");
  connectionId = await makeConnection(org, { adminKey: "sk-admin-acme" });
  await makeConnection(other, { adminKey: "sk-admin-beacon" });
  await org.access.inScope(async (scope) => {
    const clientSecretSealed = await sealSsoSecret(scope, "oidc secret");
    await scope.db.orgSso.create({
      data: { orgId: org.id, issuer: "https://idp.example", clientId: "a", clientSecretSealed },
    });
  });
});

const keyOf = (id = connectionId) => org.access.inScope(async (scope) => (await openAdminKey(scope, id)).adminKey);

/** The version that a sealed column's values say they need. */
async function versionsIn(table: string, column: string, where = "true"): Promise<number[]> {
  const { rows } = await database.owner.query<{ version: string }>(
    `select distinct encode(substring(${column} from 1 for 4), 'hex') as version from ${table}
     where ${column} is not null and ${where} order by 1`,
  );
  return rows.map(({ version }) => Number.parseInt(version, 16));
}
const ofOrg = ({ id }: TestOrg) => `org_id = '${id}'`;

describe("an organization's data key", () => {
  it("is made anew, and every secret is sealed with it; another's is left alone", async () => {
    expect(await rotateDataKeys({ org: org.slug })).toEqual({ keys: 1, secrets: 2, failures: [] });
    expect(await versionsIn("connections", "key_ciphertext", ofOrg(org))).toEqual([2]);
    expect(await versionsIn("org_sso", "client_secret_sealed", ofOrg(org))).toEqual([2]);
    expect(await versionsIn("connections", "key_ciphertext", ofOrg(other))).toEqual([1]);
    expect(await keyOf()).toBe("sk-admin-acme");
    await org.access.inScope(async (scope) => {
      const sso = await scope.db.orgSso.findFirstOrThrow();
      expect(await openSsoSecret(scope, sso.clientSecretSealed)).toBe("oidc secret");
    });
  });

  it("seals what comes later, and is rotated again from there", async () => {
    await rotateDataKeys({ org: org.slug });
    await makeConnection(org, { adminKey: "sk-admin-later" });
    expect(await versionsIn("connections", "key_ciphertext", ofOrg(org))).toEqual([2]);
    expect(await rotateDataKeys({ org: org.slug })).toMatchObject({ secrets: 3 });
    expect(await versionsIn("connections", "key_ciphertext", ofOrg(org))).toEqual([3]);
  });

  it("is noted in the audit log, without the key", async () => {
    await rotateDataKeys({ org: org.slug });
    const { rows } = await database.owner.query(
      "select actor_type, after from audit_events where org_id = $1 and action = 'data_key.rotate'",
      [org.id],
    );
    expect(rows).toEqual([{ actor_type: "operator", after: { version: 2 } }]);
  });

  it("an organization without secrets gets none", async () => {
    const empty = await makeOrg("Empty");
    expect(await rotateDataKeys({ org: empty.slug })).toEqual({ keys: 0, secrets: 0, failures: [] });
  });
});

it("readers go on while it is rotated again and again, and two rotations at once harm nothing", async () => {
  const done = new AbortController();
  const seen: string[] = [];
  const reader = (async () => {
    while (!done.signal.aborted) seen.push(await keyOf());
  })();
  for (let n = 0; n < 3; n++) {
    const both = await Promise.all([rotateDataKeys({ org: org.slug }), rotateDataKeys({ org: org.slug })]);
    expect(both.flatMap(({ failures }) => failures)).toEqual([]);
  }
  done.abort();
  await reader;
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen)).toEqual(new Set(["sk-admin-acme"]));
});

it("a key that is replaced in the middle stays replaced", async () => {
  const replacing = org.access.inScope(async (scope) => {
    const keyCiphertext = await sealAdminKey(scope, connectionId, "sk-admin-new");
    await scope.db.connection.updateMany({ where: { id: connectionId }, data: { keyCiphertext } });
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  await Promise.all([replacing, rotateDataKeys({ org: org.slug })]);
  expect(await keyOf()).toBe("sk-admin-new");
});

describe("the installation's key", () => {
  it("second factors and kept mails are sealed anew, and open as before", async () => {
    const { user, secret } = await withTwoFactor(await makeUser());
    await sendMail({ to: user.email, template: "accountChanged", values: mailValues, locale: "en" });
    const before = await lastMailTo(user.email);

    const rotated = await rotateDataKeys({ org: null });
    expect(rotated.failures).toEqual([]);
    const [version = 0, ...more] = await versionsIn("mails", "sealed_body");
    expect([version, more]).toEqual([expect.any(Number), []]);
    expect(version).toBeGreaterThan(1);
    expect(await versionsIn("two_factors", "sealed_secret")).toEqual([version]);
    const { rows } = await database.owner.query("select sealed_secret from two_factors where user_id = $1", [user.id]);
    expect(await openTotpSecret(user.id, rows[0].sealed_secret)).toBe(secret.replaceAll(" ", ""));
    expect(await lastMailTo(user.email)).toMatchObject({ text: before?.text ?? "" });
    expect(await resealInstallation(), "nothing is left").toBe(0);
  });

  it("is left alone when one organization's is rotated", async () => {
    const count = async () =>
      (await database.owner.query("select count(*)::int as n from installation_keys")).rows[0].n;
    const before = await count();
    await rotateDataKeys({ org: org.slug });
    expect(await count()).toBe(before);
  });
});

// The last one: what it breaks stays broken.
it("a secret that does not open is named with its organization and stops no other", async () => {
  await database.owner.query(
    `update connections set key_ciphertext = set_byte(key_ciphertext, 30, (get_byte(key_ciphertext, 30) + 1) % 256)
     where org_id = $1`,
    [org.id],
  );
  const { failures } = await rotateDataKeys({ org: null });
  expect(failures.map((failure) => failure.org)).toEqual([org.slug]);
  expect(await versionsIn("connections", "key_ciphertext", ofOrg(other))).toEqual([2]);
});

const mailValues = { name: "Ada", change: "password", link: "https://tollkeeper.example/account/security" } as const;
