import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { signIn } from "@/server/auth/sign-in";
import { noClient } from "@/server/lib/client-info";
import { handleRestRequest } from "@/server/rest/handle-rest-request";
import { executeRun } from "@/server/sync/execute-run";
import { startRun } from "@/server/sync/start-run";
import { codeOf, withTwoFactor } from "@/server/testing/authenticator";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg } from "@/server/testing/factories";
import { startIssuers } from "@/server/testing/issuer";
import { mailedToken } from "@/server/testing/mails";
import { type Provider, startProvider } from "@/server/testing/provider";

// Secrets of every kind go through the product, succeeding and failing, and are looked for everywhere afterwards.

vi.mock("server-only", () => ({}));

const logged = vi.hoisted(() => ({ lines: [] as string[] }));
vi.mock("pino", async (importOriginal) => {
  const { default: pino } = await importOriginal<typeof import("pino")>();
  const memory = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged.lines.push(chunk.toString());
      done();
    },
  });
  return { default: Object.assign((options: object) => pino(options, memory), pino) };
});

const AUTH_SECRET = `auth-canary-${randomBytes(24).toString("hex")}`;
const MASTER_KEY = randomBytes(32);
const database = useTestDatabase({
  LOG_LEVEL: "trace",
  // The identity provider answers on loopback.
  ALLOW_PRIVATE_ADDRESSES: "true",
  AUTH_SECRET,
  MASTER_KEYS: `v1:${MASTER_KEY.toString("base64")}`,
});

let provider: Provider;
let echo: { url: string; server: Server };

beforeAll(async () => {
  provider = await startProvider(new Date().toISOString());
  process.env.OPENAI_BASE_URL = provider.url;
  echo = await startEcho();
});
afterAll(async () => {
  echo.server.close();
  await provider.close();
});

/** A provider that answers every call with the key it was called with: no error may be believed to be free of secrets. */
async function startEcho() {
  const server = createServer((request, response) => {
    const message = `Incorrect API key provided: ${request.headers.authorization}`;
    const status = request.url?.includes("/costs") ? 400 : 500;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message, type: "invalid_request_error", code: message, param: message } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server };
}

/** What must appear nowhere, by name. */
const secrets = new Map<string, string>([
  ["the secret of sessions", AUTH_SECRET],
  ["the master key", MASTER_KEY.toString("base64")],
]);
const keep = (name: string, secret: string) => {
  secrets.set(name, secret);
  return secret;
};

const errors: unknown[] = [];
/** Of what has to fail: what it throws is searched, too. */
const failing = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error, "this had to fail").not.toBeNull();
  errors.push(error);
};

const retry = { attempts: 2, baseDelayMs: 1, maxDelayMs: 2 };

it("no secret appears in logs, rows, queued jobs or errors", { timeout: 120_000 }, async () => {
  const org = await makeOrg("Canary");
  await signInEveryWay();
  await connectAndSync(org);
  await handOutTokens(org);
  await setUpSso(org);

  expect(secrets.size).toBeGreaterThanOrEqual(14);
  expect(logged.lines.length, "the log was captured").toBeGreaterThan(10);
  expect(leaksIn(logged.lines.join("\n")), "logs").toEqual([]);
  expect(leaksIn(errors.map(everythingOf).join("\n")), "errors").toEqual([]);
  expect(await leaksInDatabase(), "rows").toEqual([]);
});

it("the search itself finds what is hidden badly", async () => {
  const [, secret = ""] = [...secrets][0] ?? [];
  expect(leaksIn(`x ${secret} y`)).toHaveLength(1);
  expect(leaksIn(Buffer.from(secret).toString("hex"))).toHaveLength(1);
  expect(leaksIn(Buffer.from(secret).toString("base64"))).toHaveLength(1);
  await database.owner.query("update users set name = $1 where id = (select id from users limit 1)", [secret]);
  expect(await leaksInDatabase()).toEqual([expect.stringContaining("public.users")]);
});

async function signInEveryWay() {
  const email = "canary@example.com";
  const password = keep("a password", `password canary ${randomBytes(6).toString("hex")}`);
  await callAs(null).auth.signUp({ email, password, name: "Canary" });
  await signIn({ email, password }, noClient);
  await failing(signIn({ email, password: keep("a wrong password", `wrong canary ${password}`) }, noClient));

  await callAs(null).auth.requestPasswordReset({ email });
  const token = keep("a link for a new password", await mailedToken(email, "resetPassword"));
  const changed = keep("a new password", `changed canary ${randomBytes(6).toString("hex")}`);
  await callAs(null).auth.resetPassword({ token, password: changed });
  await failing(callAs(null).auth.resetPassword({ token, password: changed }));

  await callAs(null).auth.requestMagicLink({ email });
  const magicToken = keep("a link to sign in", await mailedToken(email, "magicLink"));
  const step = await signIn({ magicToken }, noClient);
  if (step.kind !== "signed_in") throw new Error("a second factor is not set up yet");

  const session = { id: "", method: "password", twoFactor: false };
  const { secret, recoveryCodes } = await withTwoFactor({ ...step.account, isVerified: true, session });
  keep("a secret of an authenticator", secret.replaceAll(" ", ""));
  recoveryCodes.forEach((code, index) => keep(`recovery code ${index + 1}`, code));
  const next = await signIn({ email, password: changed }, noClient);
  if (next.kind !== "second_factor") throw new Error("a code had to be asked for");
  const pendingToken = keep("a pending sign-in", next.pendingToken);
  await failing(signIn({ pendingToken, code: recoveryCodes[0]?.replace(/.$/, "?") ?? "" }, noClient));
  await signIn({ pendingToken, code: codeOf(secret) }, noClient);
}

async function connectAndSync(org: Awaited<ReturnType<typeof makeOrg>>) {
  const api = callAs(org.owner);
  const adminKey = keep("an Admin key", "sk-admin-sandbox-acme-readonly");
  await failing(
    api.connections.verify({ org: org.slug, adminKey: keep("a wrong Admin key", "sk-admin-canary-unknown") }),
  );
  await failing(
    api.connections.verify({ org: org.slug, adminKey: keep("a key of another kind", "sk-proj-canary-project") }),
  );
  await failing(api.connections.verify({ org: org.slug, adminKey: `${adminKey}${"x".repeat(600)}` }));
  await api.connections.verify({ org: org.slug, adminKey });
  const { id } = await api.connections.create({
    org: org.slug,
    name: "Canary",
    adminKey,
    backfillDays: 2,
    usageGranularity: "day",
  });
  await run(org, id);
  await api.sync.start({ org: org.slug, connectionId: id, kind: "directory" }); // stays in the queue

  const echoed = keep("an Admin key that the provider repeats", "sk-admin-canary-echoed-0123456789");
  await run(org, await makeConnection(org, { baseUrl: echo.url, adminKey: echoed, backfillDays: 1 }));
  process.env.OPENAI_BASE_URL = echo.url;
  await failing(
    api.connections.replaceKey({
      org: org.slug,
      connectionId: id,
      adminKey: keep("a key that replaces another", "sk-admin-canary-replacing"),
    }),
  );
}

async function run({ access }: Awaited<ReturnType<typeof makeOrg>>, connectionId: string) {
  const { runId } = await access.inScope((scope) =>
    startRun(scope, { connectionId, kind: "backfill", trigger: "cli", isInline: true }),
  );
  await executeRun(access, runId, { concurrency: 4, now: provider.now, retry });
}

async function setUpSso(org: Awaited<ReturnType<typeof makeOrg>>) {
  const issuers = await startIssuers();
  issuers.set("/other", { fields: { issuer: "https://login.example.com" } });
  const set = (issuer: string, clientSecret: string) =>
    callAs(org.owner).sso.setProvider({ org: org.slug, issuer, clientId: "canary", clientSecret, joinAs: null });
  await failing(set(`${issuers.origin}/other`, keep("a secret for a wrong issuer", `wrong-${newSecret()}`)));
  await set(`${issuers.origin}/canary`, keep("a client secret of OIDC", newSecret()));
  await issuers.close();
}

const newSecret = () => `oidc-canary-${randomBytes(12).toString("hex")}`;

async function handOutTokens(org: Awaited<ReturnType<typeof makeOrg>>) {
  const api = callAs(org.owner);
  const created = await api.tokens.create({
    org: org.slug,
    name: "canary",
    scopes: ["usage:read"],
    allowedIps: [],
    expiresAt: null,
  });
  keep("an API token", created.token);
  for (const token of [created.token, keep("a guessed API token", `${created.token.slice(0, -4)}cana`)]) {
    const headers = { authorization: `Bearer ${token}` };
    const response = await handleRestRequest(new Request("http://localhost/api/v1/projects", { headers }), [
      "projects",
    ]);
    errors.push(await response.text());
  }
  const reader = await makeMember(org, "reader");
  await failing(
    callAs(reader).connections.verify({ org: org.slug, adminKey: keep("a key of a reader", "sk-admin-canary-reader") }),
  );
  const [invited] = await api.members.invite({
    org: org.slug,
    addresses: ["canary-guest@example.com"],
    role: "reader",
  });
  keep("an invitation", new URL(invited?.link ?? "").pathname.split("/").at(-1) ?? "");
}

/** As it is, as PostgreSQL shows bytes, and as people pack it. */
const formsOf = (secret: string) => [
  secret,
  Buffer.from(secret).toString("hex"),
  Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1),
  encodeURIComponent(secret),
];

const leaksIn = (text: string) =>
  [...secrets].filter(([, secret]) => formsOf(secret).some((form) => text.includes(form))).map(([name]) => name);

/** Message, stack, causes and every other property, whether or not it is enumerable. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name) as unknown);
  return own.map((value) => (value instanceof Error ? everythingOf(value) : JSON.stringify(value))).join("\n");
}

/** Every row of every table as text, the queue's included. */
async function leaksInDatabase(): Promise<string[]> {
  const { rows: tables } = await database.owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name).filter((name) => !name.startsWith("public."))).not.toEqual([]);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    const leaks = leaksIn(rows.map(({ row }) => row).join("\n"));
    if (leaks.length > 0) found.push(`${name}: ${leaks.join(", ")}`);
  }
  return found;
}
