import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCli } from "@/cli/run-cli";
import { startCli } from "@/cli/testing";
import { addDecimals, sumDecimals, plainDecimal } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { startSandbox } from "@/sandbox/server";
import { useTestDatabase } from "@/server/testing/database";

// The commands in the order in which somebody would type them. Most run in this process, which is quicker; what depends on
// a process of its own has one.

const KEY = "sk-admin-sandbox-acme-readonly";
const DAYS = 5;
const today = toUtcDay(new Date());
const range = { from: addUtcDays(today, 1 - DAYS), to: today };

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase({ MASTER_KEYS: "" });
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let home: string;
let said = "";

beforeAll(async () => {
  sandbox = await startSandbox({ historyDays: 30 });
  home = mkdtempSync(path.join(tmpdir(), "tollkeeper-cli-"));
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await sandbox.close();
});

const environment = () => ({
  TOLLKEEPER_HOME: home,
  DATABASE_URL: database.ownerUrl,
  APP_DATABASE_URL: database.appUrl,
  OPENAI_BASE_URL: sandbox.url,
});

async function tk(line: string, input = "") {
  Object.assign(process.env, environment());
  const result = { code: 0, out: "", err: "" };
  const undos: (() => unknown)[] = [];
  result.code = await runCli(line.split(" "), {
    stdin: Readable.from([input]),
    stdout: { write: (text) => (result.out += text) },
    stderr: { write: (text) => (result.err += text) },
    defer: (undo) => undos.push(undo),
  });
  for (const undo of undos.toReversed()) await undo();
  said += result.out + result.err;
  return result;
}

const childEnvironment = () => ({ PATH: process.env.PATH, ...environment() });

async function json(line: string, input?: string) {
  const { code, out, err } = await tk(`${line} --json`, input);
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

async function truth(groups: string) {
  const url = `${sandbox.origin}/control/truth/costs?from=${range.from}&to=${range.to}${groups}`;
  return (await (await fetch(url)).json()).data as { group: Record<string, string | null>; amount: string }[];
}

const days = `--from ${range.from} --to ${range.to}`;

describe("from nothing to figures", () => {
  it("an account, once", async () => {
    const password = "four words in a row\n";
    expect(await json("user create --email Ada@example.com --password-stdin", password)).toMatchObject({
      email: "ada@example.com",
    });
    const again = await tk("user create --email ada@example.com --password long-enough-for-all");
    expect(again).toMatchObject({ code: 1, out: "", err: "An account with this e-mail address already exists.\n" });
  });

  it("their sessions, ended", async () => {
    const { rows } = await database.owner.query(
      "insert into user_sessions (id, user_id, expires_at) select gen_random_uuid(), id, now() + interval '1 day' from users, generate_series(1, 3) returning id",
    );
    const one = `sessions revoke --email ada@example.com --session ${rows[0].id}`;
    expect(await json(one)).toEqual({ email: "ada@example.com", ended: 1 });
    expect(await tk(one)).toMatchObject({ code: 1, err: "No such session.\n" });
    expect(await tk("sessions revoke --email ada@example.com --all")).toMatchObject({
      code: 0,
      out: "Ended 2 sessions of ada@example.com.\n",
    });
    expect(await tk("sessions revoke --email nobody@example.com")).toMatchObject({ code: 1, err: "No such user.\n" });
  });

  it("a lost second factor, turned off", async () => {
    const reset = "two-factor reset --email ada@example.com";
    expect(await tk(reset)).toMatchObject({ code: 1, out: "", err: "Two-factor sign-in is not turned on.\n" });
    await database.owner.query(
      "insert into two_factors (user_id, sealed_secret, confirmed_at) select id, '\\x01', now() from users",
    );
    expect(await json(reset)).toEqual({ email: "ada@example.com" });
    expect(await tk("two-factor reset --email nobody@example.com")).toMatchObject({ code: 1, err: "No such user.\n" });
  });

  it("an organization, its slug alone on standard output", async () => {
    expect(await tk("org create --name Acme --owner ada@example.com")).toEqual({ code: 0, out: "acme\n", err: "" });
    expect(await tk("org create --name Acme --owner nobody@example.com")).toMatchObject({
      code: 1,
      err: "No such user.\n",
    });
    expect(await tk("org create --name Acme --owner nobody@example.com --json")).toEqual({
      code: 1,
      out: '{"error":{"code":"not_found","message":"No such user."}}\n',
      err: "No such user.\n",
    });
  });

  it("people, invited and listed", async () => {
    const { rows } = await json("invite --org acme --email grace@example.com ada@example.com --role admin --days 3");
    expect(rows).toEqual([
      { email: "grace@example.com", result: "invited", link: expect.stringMatching(/\/invitations\/[\w-]{43}$/) },
      { email: "ada@example.com", result: "already_member", link: null },
    ]);
    const team = await json("members --org acme");
    expect(team.rows).toEqual([
      expect.objectContaining({ email: "ada@example.com", role: "owner", last_seen_at: null, two_factor: false }),
    ]);
    expect(team.invitations).toEqual([
      expect.objectContaining({ email: "grace@example.com", role: "admin", invited_by: null, expired: false }),
    ]);
    expect((await tk("members --org acme")).out).toMatch(/grace@example\.com\s+admin/);
    expect(await tk("invite --org acme --email nobody --role reader")).toMatchObject({
      code: 1,
      out: expect.stringContaining("not_an_address"),
    });
    expect(await tk("invite --org acme --email a@example.com --role boss")).toMatchObject({ code: 2, out: "" });
    expect(await tk("invite --org nowhere --email a@example.com --role reader")).toMatchObject({ code: 1 });
  });

  it("a token, printed once, listed without its secret, and ended by name", async () => {
    const create = "token create --org acme --name CI --scope usage:read audit:read";
    const made = await tk(`${create} --allow-ip 192.0.2.7 --expires 30`);
    expect(made).toEqual({
      code: 0,
      out: expect.stringMatching(/^tollkeeper_[\w-]{43}\n$/),
      err: expect.stringContaining("shown only now"),
    });
    const { rows } = await json("token list --org acme");
    expect(rows).toEqual([
      expect.objectContaining({
        name: "CI",
        state: "active",
        scopes: ["usage:read", "audit:read"],
        allowed_ips: ["192.0.2.7/32"],
        created_by: null,
        last_used_at: null,
      }),
    ]);
    expect(Date.parse(rows[0].expires_at) - Date.now()).toBeCloseTo(30 * 86_400_000, -5);
    expect((await tk("token list --org acme")).out).not.toContain(made.out.trim());

    const twin = JSON.parse((await tk(`${create} --expires never --json`)).out);
    expect(twin).toMatchObject({ token: expect.stringMatching(/^tollkeeper_/), expires_at: null, allowed_ips: [] });
    expect(await tk("token revoke --org acme CI")).toMatchObject({ code: 1, err: expect.stringContaining("Several") });
    expect(await json(`token revoke --org acme ${twin.id}`)).toEqual({ id: twin.id, name: "CI" });
    expect(await tk("token revoke --org acme CI")).toMatchObject({ code: 0, out: `Revoked CI (${rows[0].id}).\n` });
    expect(await tk("token revoke --org acme CI")).toMatchObject({ code: 1, err: "No such token.\n" });
    said = said.replaceAll(made.out.trim(), "").replaceAll(twin.token, "");
    expect(said).not.toContain("tollkeeper_");
  });

  it("the audit log, as a stream and as a file, whole and in part", async () => {
    const whole = await json("audit export --org acme");
    expect(whole.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(["org.create", "member.invite", "token.create", "token.revoke"]),
    );
    const { out } = await tk("audit export --org acme --action tokens");
    const lines = out.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^seq,at,actor_type/);
    expect(lines.slice(1).map((line) => line.split(",")[7])).toEqual([
      "token.create",
      "token.create",
      "token.revoke",
      "token.revoke",
    ]);
    expect(await json("audit export --org acme --actor ada@example.com --action org.create")).toEqual([]);
    expect(await json(`audit export --org acme --to ${today}`)).toEqual([]);
    expect(await tk("audit export --org acme --actor nobody@example.com")).toMatchObject({ code: 1, out: "" });

    const file = path.join(home, "audit.json");
    const written = await json(`audit export --org acme --format json --out ${file}`);
    expect(written).toEqual({ file, format: "json", bytes: statSync(file).size });
    // Exports are events themselves.
    expect(JSON.parse(readFileSync(file, "utf8")).slice(0, whole.length)).toEqual(whole);
    expect(statSync(file).mode & 0o077).toBe(0);
    const nowhere = path.join(home, "nowhere", "audit.csv");
    expect(await tk(`audit export --org acme --out ${nowhere}`)).toMatchObject({
      code: 1,
      err: `${nowhere} cannot be written (ENOENT).\n`,
    });
  });

  it("a reader that is slow is waited for", async () => {
    const drains: (() => void)[] = [];
    let pieces = 0;
    const stdout = {
      write: () => {
        pieces += 1;
        return false;
      },
      once: (_event: "drain", listener: () => void) => drains.push(listener),
    };
    const undos: (() => unknown)[] = [];
    const standard = { stdin: Readable.from([]), stderr: { write: () => true } };
    Object.assign(process.env, environment());
    const running = runCli(["audit", "export", "--org", "acme"], {
      ...standard,
      stdout,
      defer: (undo) => undos.push(undo),
    });
    await vi.waitFor(() => expect(drains).toHaveLength(1), { timeout: 20_000 });
    await sleep(200);
    expect(pieces).toBe(1);
    const drained = setInterval(() => drains.shift()?.(), 1);
    expect(await running).toBe(0);
    clearInterval(drained);
    expect(pieces).toBeGreaterThan(1);
    for (const undo of undos.toReversed()) await undo();
  });

  it("the audit log verified, and where it is broken", async () => {
    const { length } = await json("audit export --org acme");
    const verdict = await json("audit verify --org acme");
    expect(verdict).toEqual({
      rows: length,
      intact: true,
      fault: null,
      from: expect.any(String),
      to: expect.any(String),
      uncovered: 0,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await tk(`audit verify --org acme --head ${verdict.head}`)).toMatchObject({ code: 0 });
    const strange = await tk(`audit verify --org acme --head ${"0".repeat(64)}`);
    expect(strange).toMatchObject({ code: 1, out: expect.stringContaining("noted earlier") });

    await database.owner.query("update audit_events set target_name = 'forged' where seq = 2");
    const broken = await tk("audit verify --org acme");
    expect(broken).toMatchObject({ code: 1, out: expect.stringMatching(/^Broken at event 2: it was changed\.\n/) });
    const { code, out } = await tk("audit verify --org acme --json");
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 1, intact: false, fault: { seq: 2, what: "changed" } });
  });

  it("a connection, refused with a wrong key and made with a right one", async () => {
    const wrong = await tk("connection add --org acme --key-stdin", "sk-admin-sandbox-nobody\n");
    expect(wrong).toMatchObject({ code: 1, out: "", err: expect.stringContaining("OpenAI refuses this key") });
    const made = await json(`connection add --org acme --name Main --key-stdin --backfill-days ${DAYS}`, `${KEY}\n`);
    expect(made).toMatchObject({ name: "Main", openai_org_id: "org-sandboxacme", key_last4: "only" });
    const { rows } = await json("connections --org acme");
    expect(rows).toEqual([
      expect.objectContaining({ id: made.id, status: "active", backfill_days: DAYS, granularity: "hour" }),
    ]);
    expect(await tk("connection add --org acme --key-stdin", KEY)).toMatchObject({ code: 1 });
  });

  it("before the first sync nothing is known, and that is no zero", async () => {
    expect(await json(`costs --org acme ${days}`)).toMatchObject({
      rows: [{ amount: null }],
      as_of: null,
      complete: false,
    });
  });

  it("a sync with a line per stream", async () => {
    const { rows, runs } = await json("sync --org acme --connection Main --wait");
    expect(runs).toEqual([expect.objectContaining({ connection_name: "Main", kind: "backfill", state: "succeeded" })]);
    const costs = rows.find((row: { stream: string }) => row.stream === "costs.project");
    expect(costs).toMatchObject({ calls: 1, windows: 1, rows_changed: 0, error: null });
    expect(costs.rows_written).toBeGreaterThan(100);
  });

  it("the provider's amounts, to the last digit", async () => {
    const { rows, as_of, complete } = await json(`costs --org acme ${days} --group-by project,line_item`);
    expect(complete).toBe(true);
    expect(Date.now() - Date.parse(as_of)).toBeLessThan(120_000);
    const expected = (await truth("&group_by=project_id&group_by=line_item")).map(({ group, amount }) =>
      JSON.stringify([group.project_id, group.line_item, plainDecimal(amount)]),
    );
    const got = rows.map((row: Record<string, string>) => JSON.stringify([row.project_id, row.line_item, row.amount]));
    expect(got.toSorted()).toEqual(expected.toSorted());
    const total = (await truth("")).reduce((sum, { amount }) => addDecimals(sum, amount), "0");
    expect((await json(`costs --org acme ${days}`)).rows).toEqual([{ amount: total }]);
    const view = await json(`explore --org acme ${days} --group-by project,line_item --top 3`);
    expect(view.total).toBe(total);
    expect(view.groups.at(-1)).toMatchObject({ kind: expect.stringMatching(/other|unattributed/) });
  });

  it("a change taken apart, a forecast and what stands out", async () => {
    const last = `--from ${addUtcDays(range.to, -2)} --to ${range.to}`;
    const [total] = (await json(`costs --org acme ${last}`)).rows;
    const change = await json(`explore --org acme ${last} --why`);
    expect(change).toMatchObject({ state: "split", after: total.amount });
    expect(sumDecimals([change.before, ...Object.values<string>(change.effects)])).toBe(total.amount);
    const month = { from: `${today.slice(0, 7)}-01`, to: addUtcDays(today, 1) };
    const [soFar] = (await json(`costs --org acme --from ${month.from} --to ${month.to}`)).rows;
    const forecast = await json("forecast --org acme --period month");
    expect(forecast).toMatchObject({ period: "month", from: month.from, so_far: soFar.amount });
    expect(await json(`anomalies --org acme ${days}`)).toMatchObject({ anomalies: expect.any(Array) });
    expect((await tk(`explore --org acme ${last} --why`)).out).toContain("not explained by usage");
    expect((await tk("forecast --org acme")).out).toContain("expected in all");
  });

  it("a file with its manifest, which adds up to the costs", async () => {
    const [file, manifest] = [path.join(home, "costs.parquet"), path.join(home, "costs.manifest.json")];
    const written = await json(
      `export --org acme ${days} --facts costs --format parquet --out ${file} --manifest ${manifest}`,
    );
    const content = readFileSync(file);
    expect(written).toMatchObject({ file, bytes: content.byteLength, sha256: hash("sha256", content, "hex") });
    expect({ file, ...JSON.parse(readFileSync(manifest, "utf8")) }).toEqual(written);
    const { rows } = await json(`costs --org acme ${days}`);
    expect(written.sums).toContainEqual({ column: "amount", currency: "usd", sum: rows[0].amount });
    const grouped = await tk(`export --org acme ${days} --group-by project --out ${file}`);
    expect(grouped).toMatchObject({ code: 0, err: "", out: expect.stringContaining(`amount: ${rows[0].amount} usd`) });
    expect(readFileSync(file, "utf8")).toMatch(/^project_id,project_name,currency,amount\r\n/);
    const view = "--measure cost --group-by project,line_item --granularity week --filter project!=none --top 2";
    const explored = await json(`export --org acme ${days} ${view} --format ndjson --out ${file}`);
    expect(explored.sums).toEqual([{ column: "amount", currency: "usd", sum: rows[0].amount }]);
    const nowhere = path.join(home, "nowhere", "costs.csv");
    expect(await tk(`export --org acme ${days} --out ${nowhere}`)).toMatchObject({ code: 1, out: "" });
  });

  it("an export by schedule: made, listed, paused, resumed and deleted", async () => {
    const order = "exports schedule --org acme --name Nightly --parameters group_by=day,project&format=csv";
    const { id } = await json(`${order} --mail ada@example.com --every week --on 2 --hour 5`);
    const listed = async () => (await json("exports schedules --org acme")).rows;
    const entry = { id, name: "Nightly", frequency: "week", target: "mail", next_at: expect.stringMatching(/^20/) };
    expect(await listed()).toEqual([expect.objectContaining(entry)]);
    expect(await tk(`exports pause --org acme ${id}`)).toMatchObject({ code: 0, out: `Paused: ${id}.\n` });
    expect(await listed()).toEqual([expect.objectContaining({ ...entry, next_at: null })]);
    expect(await json(`exports resume --org acme ${id}`)).toEqual({ id });
    expect(await listed()).toEqual([expect.objectContaining(entry)]);
    expect(await tk(`exports delete --org acme ${id}`)).toMatchObject({ code: 0 });
    expect(await listed()).toEqual([]);
    expect(await tk(`exports delete --org acme ${id}`)).toMatchObject({ code: 1 });
    const secret = "storage-secret-of-ada";
    const storage = await json(`${order} --bucket reports --access-key-id AK --secret-stdin`, `${secret}\n`);
    expect((await tk("exports schedules --org acme --json")).out).not.toContain(secret);
    expect(await tk(`exports delete --org acme ${storage.id}`)).toMatchObject({ code: 0 });
  });

  it("today counts so far and is marked incomplete", async () => {
    const answer = await json(`costs --org acme --from ${today} --to ${addUtcDays(today, 1)}`);
    expect(answer).toMatchObject({ complete: false, missing: [{ from: today, to: addUtcDays(today, 1) }] });
  });

  it("usage as integers, projects by name, and tables for people", async () => {
    const { rows } = await json(`usage completions --org acme ${days} --group-by day,model`);
    expect(rows[0]).toMatchObject({
      day: range.from,
      model: expect.any(String),
      num_model_requests: expect.any(Number),
    });
    const [project, ...others] = (await json("projects --org acme")).rows;
    expect(others.length).toBeGreaterThan(4);
    await database.owner.query(
      "insert into directory_aliases (org_id, kind, item_id, name, updated_at) select id, 'project', $1, 'Ours', now() from orgs",
      [project.project_id],
    );
    const renamed = { project_id: project.project_id, project_name: "Ours", provider_name: project.project_name };
    expect((await json("projects --org acme")).rows).toContainEqual(expect.objectContaining(renamed));
    expect((await tk("projects --org acme")).out).toMatch(/project_name +provider_name/);
    const { out } = await tk(`usage completions --org acme ${days} --group-by project`);
    expect(out).toMatch(/^project_id +project_name +input_tokens/);
  });

  it("another sync, of a range and again, writes nothing", async () => {
    const { rows } = await json(`sync --org acme ${days} --refetch --kind trailing --wait`);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row: { rows_written: number }) => row.rows_written > 0)).toEqual([]);
  });

  it("a correction of the provider arrives", async () => {
    const before = (await json(`costs --org acme ${days}`)).rows[0].amount;
    await fetch(`${sandbox.origin}/control/restate`, {
      method: "POST",
      body: JSON.stringify({ day: addUtcDays(today, -1), factor: "0.5" }),
    });
    await json("sync --org acme --kind trailing --wait");
    const total = (await truth("")).reduce((sum, { amount }) => addDecimals(sum, amount), "0");
    expect(total).not.toBe(before);
    expect((await json(`costs --org acme ${days}`)).rows).toEqual([{ amount: total }]);
  });

  it("roll-ups rebuilt as they were, and master keys rotated", async () => {
    const { rows } = await json("rollups rebuild --org acme");
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((row: { rows_differing: number }) => row.rows_differing > 0)).toEqual([]);
    expect(await json("keys rotate-master")).toEqual({
      master_key_version: expect.stringMatching(/^v2-/),
      orgs: 1,
      // The organization's, and the installation's, which seals mails.
      data_keys_rewrapped: 2,
      failures: [],
    });
  });

  it("a failing sync ends with 1 and says which stream", async () => {
    const faults = { match: "usage/embeddings", rate429: { everyN: 1, code: "insufficient_quota" } };
    await fetch(`${sandbox.origin}/control/faults`, { method: "POST", body: JSON.stringify(faults) });
    const { code, out } = await tk("sync --org acme --kind recent --wait");
    await fetch(`${sandbox.origin}/control/faults`, { method: "DELETE" });
    expect(code).toBe(1);
    expect(out).toMatch(/usage\.embeddings +failed/);
  });

  it("without --wait the run is left to the worker", async () => {
    const { runs } = await json("sync --org acme --kind directory");
    expect(runs).toEqual([expect.objectContaining({ kind: "directory", state: "queued" })]);
    const { rows } = await database.owner.query("select name from bullmq.job where data::text like $1", [
      `%${runs[0].run_id}%`,
    ]);
    expect(rows).toEqual([{ name: "sync.run" }]);
  });

  it("Ctrl-C cancels a sync, and the next one is not kept waiting", async () => {
    await fetch(`${sandbox.origin}/control/faults`, {
      method: "POST",
      body: JSON.stringify({ match: "organization/usage", latencyMs: 4000 }),
    });
    const running = startCli(`sync --org acme ${days} --refetch --wait`.split(" "), { env: childEnvironment() });
    await vi.waitFor(() => expect(running.soFar.err).toContain("running"), { timeout: 20_000, interval: 100 });
    running.kill("SIGINT");
    const { code, err } = await running.ended;
    expect(code).toBe(130);
    expect(err).toContain("Stopping");
    await fetch(`${sandbox.origin}/control/faults`, { method: "DELETE" });
    const { rows } = await database.owner.query(
      "select state, lease_run_id from sync_runs r join connections c on c.id = r.connection_id where r.kind = 'backfill' order by r.created_at desc limit 1",
    );
    expect(rows[0]).toEqual({ state: "cancelled", lease_run_id: null });
  });

  it("as a process of its own, from another directory, it answers alike", async () => {
    const { code, out, err } = await startCli(["connections", "--org", "acme", "--json"], { env: childEnvironment() })
      .ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual(await json("connections --org acme"));
  });

  it("an unknown organization is refused everywhere", async () => {
    for (const line of [
      "connections --org nobody",
      `costs --org nobody ${days}`,
      "sync --org nobody --wait",
      "rollups rebuild --org nobody",
    ])
      expect(await tk(line)).toMatchObject({ code: 1, out: "", err: "No such organization.\n" });
  });

  it("and in all that was printed there is no secret and no stack", () => {
    expect(said.length).toBeGreaterThan(1000);
    expect(said).not.toContain(KEY);
    expect(said).not.toContain("four words in a row");
    expect(said).not.toMatch(/postgres(ql)?:\/\/\S+:\S+@/);
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });
});
