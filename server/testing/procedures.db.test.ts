import { beforeAll, describe, expect, it } from "vitest";
import { can, type Permission, rolePermissions } from "@/server/auth/permissions";
import type { ProcedureMeta } from "@/server/trpc/init";
import { createDraft } from "@/server/imports/stage-file";
import { startRun } from "@/server/sync/start-run";
import { appRouter } from "@/server/trpc/root";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg, makeUser, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();

type Procedure = {
  _def: { type: "query" | "mutation" | "subscription"; meta?: ProcedureMeta; inputs?: { shape?: object }[] };
};
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

/** Declared here, so that opening an API to everybody is a decision that a test makes visible. */
const forEverybody = [
  "auth.signUp",
  "auth.requestMagicLink",
  "auth.resendVerification",
  "auth.requestPasswordReset",
  "auth.resetPassword",
  "auth.link",
  "auth.providers",
  "auth.findSso",
  "members.invitation",
];
const forEveryoneSignedIn = [
  "auth.me",
  "account.get",
  "account.events",
  "account.updateProfile",
  "account.changePassword",
  "account.sendPasswordLink",
  "account.sendVerification",
  "account.sessions",
  "account.revokeSession",
  "account.revokeOtherSessions",
  "account.twoFactor.begin",
  "account.twoFactor.confirm",
  "account.twoFactor.prove",
  "account.twoFactor.renewRecoveryCodes",
  "account.twoFactor.turnOff",
  "account.identities.list",
  "account.identities.offer",
  "account.identities.link",
  "account.identities.unlink",
  "members.accept",
  "orgs.create",
  "orgs.list",
];
const forOperators = ["outbox.list", "outbox.get"];
const ofNoTenant = [...forEverybody, ...forEveryoneSignedIn, ...forOperators];
const ofTenants = procedures.filter(([path]) => !ofNoTenant.includes(path));

let org: TestOrg;
let connectionId: string;
let runId: string;
let importId: string;
let exportId: string;
const range = { from: "2026-10-01", to: "2026-10-02" };

/** Input that would be accepted: so that what refuses is the guard. */
const validInput = () => ({
  org: org.slug,
  connectionId,
  runId,
  viewId: runId,
  search: "group=model",
  openaiOrg: `org-${connectionId}`,
  range,
  query: { measure: "cost", granularity: "day", range },
  dimension: "project",
  key: "proj_1",
  keys: ["proj_1"],
  day: range.from,
  reason: "x",
  adminKey: "sk-admin-test",
  name: "x",
  history: "keep",
  userId: org.owner.id,
  role: "reader",
  addresses: ["new@example.com"],
  invitationId: connectionId,
  isRequired: true,
  slug: org.slug,
  token: "x",
  mailId: connectionId,
  tokenId: connectionId,
  importId,
  fileId: connectionId,
  exportId,
  scheduleId: runId,
  frequency: "day",
  hour: 6,
  dayOfPeriod: null,
  trailingDays: 3,
  target: { kind: "mail", recipients: [org.owner.email] },
  overlapHours: 1,
  issuer: "https://login.example.com",
  clientId: "x",
  clientSecret: "x",
  joinAs: null,
  domain: "acme.example",
  stopRequiring: true,
  kind: "project",
  itemId: "proj_1",
  items: [{ kind: "project", itemId: "proj_1" }],
  value: "x",
  rule: null,
  from: "2026-10-01",
  to: null,
  costCenterId: connectionId,
  code: null,
  percent: "5",
  month: "2026-10",
  scopes: ["usage:read"],
  expiresAt: null,
});

/** Where a word of validInput means something else. */
const ownInput: Record<string, object> = { "sync.start": { kind: "directory" } };

function call(
  path: string,
  user: Awaited<ReturnType<typeof makeUser>> | null,
  overrides: Record<string, unknown> = {},
): Promise<unknown> {
  const procedure = path.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], callAs(user));
  return (procedure as (input: unknown) => Promise<unknown>)({
    ...validInput(),
    ...ownInput[path],
    ...overrides,
  });
}

function expectedAccess(path: string) {
  if (forEverybody.includes(path)) return "public";
  if (forEveryoneSignedIn.includes(path)) return "signed_in";
  if (forOperators.includes(path)) return "operator";
  return expect.stringMatching(/^[a-z]+:[a-z]+$/);
}

const codeOf = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => "OK",
    (error: { code?: string }) => error.code ?? String(error),
  );

beforeAll(async () => {
  org = await makeOrg();
  connectionId = await makeConnection(org);
  ({ importId } = await createDraft(org.access));
  const exported = await database.owner.query(
    `insert into export_runs (org_id, id, search, from_day, to_day, state, taken_at, snapshot)
     values ($1, gen_random_uuid(), 'format=csv', '2026-10-01', '2026-10-02', 'succeeded', now(), pg_current_snapshot()::text)
     returning id`,
    [org.id],
  );
  exportId = exported.rows[0].id;
  ({ runId } = await org.access.inScope((scope) =>
    startRun(scope, { connectionId, kind: "directory", trigger: "user" }),
  ));
});

describe("every procedure", () => {
  it.each(procedures)("%s declares who may call it", (path, procedure) => {
    const access = procedure._def.meta?.access;
    expect(access).toEqual(expectedAccess(path));
  });

  it.each(procedures.filter(([path]) => !forEverybody.includes(path)))(
    "%s answers UNAUTHORIZED without a session",
    async (path) => {
      expect(await codeOf(call(path, null))).toBe("UNAUTHORIZED");
    },
  );
});

describe("every procedure of the operator's", () => {
  it.each(forOperators)("%s does not exist for anybody else", async (path) => {
    expect(await codeOf(call(path, await makeUser("Stranger")))).toBe("NOT_FOUND");
  });
});

describe("every tenant procedure", () => {
  it.each(ofTenants)("%s answers a stranger as if the organization did not exist", async (path) => {
    const stranger = await makeUser("Stranger");
    expect(await codeOf(call(path, stranger))).toBe("NOT_FOUND");
    expect(await codeOf(call(path, stranger, { org: "no-such-org" }))).toBe("NOT_FOUND");
  });

  it.each(ofTenants)("%s refuses roles without its permission", async (path, procedure) => {
    const permission = procedure._def.meta?.access as Permission;
    for (const role of Object.keys(rolePermissions) as (keyof typeof rolePermissions)[]) {
      if (can(role, permission)) continue;
      expect(await codeOf(call(path, await makeMember(org, role)))).toBe("FORBIDDEN");
    }
  });

  it("readers can change nothing but their own views, and leave", () => {
    const writable = ofTenants.filter(
      ([, { _def }]) => _def.type === "mutation" && can("reader", _def.meta?.access as Permission),
    );
    expect(writable.map(([path]) => path)).toEqual([
      "members.leave",
      "explore.createView",
      "explore.updateView",
      "explore.deleteView",
    ]);
  });

  const namesThings = ofTenants.filter(([, procedure]) => idFieldsOf(procedure).length > 0);

  it("that takes an id is known by its input", () => {
    expect(namesThings.map(([path]) => path)).toEqual(
      expect.arrayContaining(["connections.get", "connections.delete", "sync.start", "sync.cancel", "sync.runs"]),
    );
  });

  it.each(namesThings)("%s finds nothing of another org, even for an owner", async (path) => {
    const other = await makeOrg("Other");
    const before = await contents();
    const answer = await call(path, other.owner, { org: other.slug }).catch((error: { code?: string }) => error.code);
    expect(["NOT_FOUND", []]).toContainEqual(answer);
    expect(await contents()).toEqual(before);
  });
});

describe("what readers are told", () => {
  const SHORTENED = "sk-proj-************9fQz";
  const key = { dimension: "api_key", key: "key_of_hint", kind: "api_key", itemId: "key_of_hint" };
  const readable = ofTenants.filter(
    ([, { _def }]) => _def.type === "query" && can("reader", _def.meta?.access as Permission),
  );
  let reader: Awaited<ReturnType<typeof makeUser>>;
  let hints: string[];

  beforeAll(async () => {
    reader = await makeMember(org, "reader");
    await database.owner.query(
      "insert into directory_items (org_id, connection_id, kind, id, name, data) values ($1, $2, 'api_key', $3, 'Hinted', $4)",
      [org.id, connectionId, key.key, JSON.stringify({ redacted_value: SHORTENED })],
    );
    const token = await callAs(org.owner).tokens.create({ ...validInput(), allowedIps: [], scopes: ["usage:read"] });
    const { keyLast4 } = await callAs(org.owner).connections.get({ org: org.slug, connectionId });
    hints = [SHORTENED, `"${keyLast4}"`, `"${token.token.slice(-4)}"`];
  });

  it.each(readable)("%s holds no hint of a secret", async (path) => {
    const told = JSON.stringify(await call(path, reader, key));
    expect(hints.filter((hint) => told.includes(hint))).toEqual([]);
  });

  it("lacks what an owner is told: the search would find it", async () => {
    const asked = { org: org.slug, range, ...key } as const;
    const told = JSON.stringify([
      await call("usage.member", org.owner, asked),
      await callAs(org.owner).connections.list(asked),
      await callAs(org.owner).tokens.list(asked),
    ]);
    expect(hints.filter((hint) => !told.includes(hint))).toEqual([]);
  });
});

/** What of an input names a thing of the org; a client id is an identity provider's. */
const idFieldsOf = ({ _def }: Procedure) =>
  (_def.inputs ?? [])
    .flatMap(({ shape = {} }) => Object.keys(shape))
    .filter((name) => name.endsWith("Id") && name !== "clientId");

/** The things of the org that are named. */
async function contents() {
  const connections = await database.owner.query("select * from connections where org_id = $1", [org.id]);
  const runs = await database.owner.query("select * from sync_runs where org_id = $1 order by id", [org.id]);
  const imports = await database.owner.query("select * from imports where org_id = $1", [org.id]);
  return { connections: connections.rows, runs: runs.rows, imports: imports.rows };
}
