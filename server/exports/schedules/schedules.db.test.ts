import { hash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExportManifest } from "@/server/exports/manifest";
import type { ScheduleInput } from "@/server/exports/schema";
import { executeExportRun } from "@/server/exports/schedules/execute-run";
import { listRuns } from "@/server/exports/schedules/runs";
import { runScheduleNow, sweepExports } from "@/server/exports/schedules/sweep";
import {
  createSchedule,
  deleteSchedule,
  listSchedules,
  setSchedulePaused,
  updateSchedule,
} from "@/server/exports/schedules/schedules";
import { makeHistory } from "@/server/explore/testing/history";
import { rotateDataKeys } from "@/server/connections/rotate-data-keys";
import { enqueue } from "@/server/jobs/enqueue";
import { jobs } from "@/server/jobs/catalog";
import { readOutboxMail, listOutbox } from "@/server/mail/outbox";
import { useTestDatabase } from "@/server/testing/database";
import { makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type StandInStorage, startStorage } from "@/server/testing/storage";

// What is queued is looked at, and run here: the queue has tests of its own.
vi.mock(import("@/server/jobs/enqueue"), async (load) => ({ ...(await load()), enqueue: vi.fn(async () => {}) }));

const credentials = { accessKeyId: "AKTEST", secretAccessKey: "very secret+/key", region: "eu-central-1" };
const database = useTestDatabase({ ALLOW_PRIVATE_ADDRESSES: "true" });
let storage: StandInStorage;
let org: TestOrg;

beforeAll(async () => {
  storage = await startStorage(credentials, ["reports"]);
  org = await makeOrg();
  await makeHistory(org, database.owner, { from: "2026-09-20", to: "2026-10-11" });
});
afterAll(() => storage.close());
beforeEach(() => {
  storage.files.clear();
  vi.mocked(enqueue).mockClear();
});

const toStorage = (changes: Partial<ScheduleInput> = {}, target: Record<string, unknown> = {}): ScheduleInput => ({
  name: "Costs for finance",
  search: "group_by=day,project&format=csv",
  frequency: "day",
  hour: 6,
  dayOfPeriod: null,
  trailingDays: 30,
  target: {
    kind: "s3",
    endpoint: storage.url,
    region: credentials.region,
    bucket: "reports",
    prefix: "finance/open ai (all)/",
    accessKeyId: credentials.accessKeyId,
    isPathStyle: true,
    ...target,
  },
  secretAccessKey: credentials.secretAccessKey,
  ...changes,
});

const inOrg: TestOrg["access"]["inScope"] = (work, options) => org.access.inScope(work, options);
const create = (input: ScheduleInput) => inOrg((scope) => createSchedule(scope, input));
const dueAt = (scheduleId: string, at: string) =>
  database.owner.query("update export_schedules set next_at = $2 where id = $1", [scheduleId, at]);

/** Orders a run as the clock would on October 11, and executes it once. */
async function runOnce(input: ScheduleInput) {
  const { scheduleId } = await create(input);
  await database.owner.query("delete from export_runs");
  await dueAt(scheduleId, "2026-10-11T06:00:00Z");
  await sweepExports(new Date("2026-10-11T06:00:30Z"));
  const [ordered] = await inOrg(listRuns);
  if (!ordered) throw new Error("nothing was ordered");
  const attempt = () => executeExportRun(org.access, ordered.id);
  const outcome = await attempt().then(
    () => "done",
    (error: Error) => error,
  );
  await inOrg((scope) => setSchedulePaused(scope, scheduleId, true));
  return { scheduleId, outcome, attempt, run: async () => (await inOrg(listRuns))[0] ?? expect.fail("no run") };
}

describe("a scheduled export to a storage", () => {
  it("puts file and manifest there, signed, and says where", async () => {
    const { run } = await runOnce(toStorage());
    const name = `reports/finance/open ai (all)/${org.slug}-costs-by-day-project-2026-09-11-2026-10-10.csv`;
    expect([...storage.files.keys()].toSorted()).toEqual([name, `${name}.manifest.json`]);
    const file = storage.files.get(name);
    const manifest: ExportManifest = JSON.parse(storage.files.get(`${name}.manifest.json`)?.content.toString() ?? "");
    expect(file).toMatchObject({ type: "text/csv; charset=utf-8", parts: 1 });
    expect(manifest.sha256).toBe(hash("sha256", file?.content ?? "", "hex"));
    expect(await run()).toMatchObject({
      state: "succeeded",
      from: "2026-09-11",
      to: "2026-10-11",
      location: `s3://${name}`,
      requestedBy: null,
      written: { rows: manifest.rows, bytes: file?.content.byteLength },
    });
  });

  it("goes in parts where it is large, and is never there in part", async () => {
    await database.owner.query(
      `insert into series (org_id, connection_id, stream, key_hash, bucket_width, currency, line_item)
       select $1, (select id from connections where org_id = $1 limit 1), 'costs.project',
         decode(lpad(to_hex(n), 32, '0'), 'hex'), '1d', 'usd', repeat('x', 200) || n
       from generate_series(1, 60000) n`,
      [org.id],
    );
    await database.owner.query(
      `insert into cost_facts (org_id, stream_id, bucket_start, series_id, amount)
       select org_id, (select id from streams where org_id = $1 and name = 'costs.project' limit 1), '2026-10-02T00:00:00Z', id,
         0.0001 from series where org_id = $1 and line_item like 'xx%'`,
      [org.id],
    );
    const large = await runOnce(toStorage({ search: "facts=costs&format=ndjson" }));
    expect(large.outcome).toBe("done");
    expect(await large.run()).toMatchObject({ state: "succeeded" });
    const [file] = [...storage.files].filter(([name]) => name.endsWith(".ndjson")).map(([, content]) => content);
    expect(file?.parts).toBeGreaterThan(1);
    expect(file?.content.toString().trimEnd().split("\n").length).toBeGreaterThan(60_000);
    expect(storage.open.size).toBe(0);
    storage.files.clear();
    const { outcome } = await runOnce(toStorage({ search: "facts=costs&format=ndjson" }, { bucket: "nowhere" }));
    expect(outcome).toBe("done");
    expect(storage.files.size + storage.open.size).toBe(0);
  });

  it.each([
    ["s3_no_bucket", {}, { bucket: "elsewhere" }],
    ["s3_credentials", { secretAccessKey: "another" }, {}],
    ["s3_credentials", {}, { accessKeyId: "AKOTHER" }],
    ["s3_region", {}, { region: "us-east-1" }],
  ])("ends at once with %s, which trying again would not change", async (errorCode, changes, target) => {
    const { outcome, run } = await runOnce(toStorage(changes, target));
    expect(outcome).toBe("done");
    expect(await run()).toMatchObject({ state: "failed", errorCode, location: null, finishedAt: expect.any(String) });
  });

  it("waits for a storage that does not answer, and gives up in the end", async () => {
    const { outcome, run, attempt } = await runOnce(toStorage({}, { endpoint: "http://127.0.0.1:9" }));
    expect(outcome).toBeInstanceOf(Error);
    expect(await run()).toMatchObject({ state: "queued", errorCode: "foreign_unreachable" });
    for (let tried = 2; tried < jobs["export.run"].attempts; tried++) await expect(attempt()).rejects.toThrow();
    await attempt();
    expect(await run()).toMatchObject({ state: "failed", errorCode: "foreign_unreachable" });
  }, 60_000);

  it("tries again by itself what passes", async () => {
    storage.failNext("SlowDown", 503);
    const { outcome, run } = await runOnce(toStorage());
    expect(outcome).toBe("done");
    expect(await run()).toMatchObject({ state: "succeeded" });
  });

  it("is left alone once it is over", async () => {
    const { attempt, run } = await runOnce(toStorage());
    const before = await run();
    storage.files.clear();
    await attempt();
    expect(storage.files.size).toBe(0);
    expect(await run()).toEqual(before);
  });
});

describe("the secret of a storage", () => {
  it("is sealed, never told, and sealed anew with a new data key", async () => {
    const { scheduleId } = await create(toStorage());
    const stored = async () => {
      const { rows } = await database.owner.query("select s::text as row from export_schedules s where id = $1", [
        scheduleId,
      ]);
      return String(rows[0]?.row);
    };
    const before = await stored();
    expect(before).not.toContain(credentials.secretAccessKey);
    expect(JSON.stringify(await inOrg(listSchedules))).not.toContain(credentials.secretAccessKey);
    expect((await rotateDataKeys({ org: org.slug })).failures).toEqual([]);
    expect(await stored()).not.toBe(before);
    await runOnce(toStorage());
    expect(storage.files.size).toBe(2);
  });

  it("stays when a schedule is changed, but goes to no other storage", async () => {
    const { scheduleId } = await create(toStorage());
    const change = (target: Record<string, unknown>) =>
      inOrg((scope) =>
        updateSchedule(scope, scheduleId, toStorage({ name: "Renamed", secretAccessKey: undefined }, target)),
      );
    await change({ prefix: "" });
    await expect(change({ endpoint: "https://other.example" })).rejects.toMatchObject({
      reason: "storage_secret_missing",
    });
    await expect(change({ accessKeyId: "AKOTHER" })).rejects.toMatchObject({ reason: "storage_secret_missing" });
    expect((await inOrg(listSchedules)).find(({ id }) => id === scheduleId)).toMatchObject({
      name: "Renamed",
      target: { prefix: "" },
    });
  });
});

describe("a view by the hour", () => {
  const byHour = (changes: Partial<ScheduleInput>) =>
    toStorage({ search: "dataset=explore&measure=requests&granularity=hour&format=csv", ...changes });

  it.each<Partial<ScheduleInput>>([
    { trailingDays: 50 },
    { trailingDays: null, frequency: "month", dayOfPeriod: 3 },
    { trailingDays: 366, search: "dataset=explore&measure=requests&granularity=day&format=csv" },
  ])("is scheduled where each run can answer it: %j", async (changes) => {
    await expect(create(byHour(changes))).resolves.toHaveProperty("scheduleId");
  });

  it("is refused where a run could not, when it is made and when it is changed", async () => {
    const refused = { code: "invalid", reason: "schedule_too_long" };
    await expect(create(byHour({ trailingDays: 51 }))).rejects.toMatchObject(refused);
    const { scheduleId } = await create(toStorage({ trailingDays: 90 }));
    const change = inOrg((scope) => updateSchedule(scope, scheduleId, byHour({ trailingDays: 90 })));
    await expect(change).rejects.toMatchObject(refused);
  });
});

describe("by mail", () => {
  const byMail = (recipients: string[], search = "group_by=project&format=csv") =>
    toStorage({ search, target: { kind: "mail", recipients }, secretAccessKey: undefined });

  it("reaches members alone, with the file attached", async () => {
    const reader = await makeMember(org, "reader");
    const { run } = await runOnce(byMail([reader.email, "stranger@example.com"]));
    expect(await run()).toMatchObject({ state: "succeeded", location: "mail:1" });
    const [mail] = await listOutbox();
    expect(mail).toMatchObject({ recipient: reader.email, template: "exportAttached" });
    const { text, attachmentNames } = await readOutboxMail(mail?.id ?? "");
    expect(attachmentNames).toEqual([`${org.slug}-costs-by-project-2026-09-11-2026-10-10.csv`]);
    expect(text).toContain("2026-10-10");
  });

  it("is a link where the file is too large", async () => {
    await runOnce(byMail([org.owner.email], "facts=costs&format=json"));
    const [mail] = await listOutbox();
    expect(mail).toMatchObject({ template: "exportReady" });
    const { text, attachmentNames } = await readOutboxMail(mail?.id ?? "");
    expect(attachmentNames).toEqual([]);
    expect(text).toContain(`/${org.slug}/exports`);
  });

  it("fails in words when none of the recipients is a member", async () => {
    const { run } = await runOnce(byMail(["gone@example.com"]));
    expect(await run()).toMatchObject({ state: "failed", errorCode: "no_recipients" });
  });
});

describe("who can mend it", () => {
  const failures = async () => (await listOutbox()).filter(({ template }) => template === "exportFailed");
  const runAgain = async (scheduleId: string) => {
    const { exportId } = await inOrg((scope) => runScheduleNow(scope, scheduleId));
    await executeExportRun(org.access, exportId);
  };

  it("hears of a failure once, in their language, until it has worked again", async () => {
    await database.owner.query("delete from mails");
    const admin = await makeMember(org, "admin");
    await makeMember(org, "reader");
    await database.owner.query("update users set locale = 'ko' where id = $1", [admin.id]);
    const { scheduleId } = await runOnce(toStorage({ name: "Nightly" }, { bucket: "elsewhere" }));
    const mails = await failures();
    const others = [org.owner.email, admin.email];
    expect(mails.map(({ recipient }) => recipient).toSorted()).toEqual(others.toSorted());
    const textFor = async (email: string) =>
      (await readOutboxMail(mails.find(({ recipient }) => recipient === email)?.id ?? "")).text;
    const english = await textFor(org.owner.email);
    for (const part of ["“Nightly”", "2026-09-11", "2026-10-10", "There is no such bucket.", `/${org.slug}/exports`])
      expect(english).toContain(part);
    expect(await textFor(admin.email)).toContain("그런 버킷이 없습니다.");
    await runAgain(scheduleId);
    expect(await failures()).toHaveLength(2);
    await inOrg((scope) => updateSchedule(scope, scheduleId, toStorage()));
    await runAgain(scheduleId);
    await inOrg((scope) => updateSchedule(scope, scheduleId, toStorage({}, { bucket: "elsewhere" })));
    await runAgain(scheduleId);
    expect(await failures()).toHaveLength(4);
  });

  it("hears nothing of what is tried again", async () => {
    await database.owner.query("delete from mails");
    const { outcome } = await runOnce(toStorage({}, { endpoint: "http://127.0.0.1:9" }));
    expect(outcome).toBeInstanceOf(Error);
    expect(await failures()).toEqual([]);
  });
});

describe("the clock", () => {
  it("leaves no day out that was missed, and orders each once", async () => {
    const { scheduleId } = await create(toStorage({ trailingDays: null }));
    await database.owner.query("delete from export_runs");
    await dueAt(scheduleId, "2026-10-08T06:00:00Z");
    const now = new Date("2026-10-10T07:00:00Z");
    for (let minute = 0; minute < 5; minute++) await Promise.all([sweepExports(now), sweepExports(now)]);
    const runs = await inOrg(listRuns);
    expect(runs.map(({ from, to }) => [from, to]).toSorted()).toEqual([
      ["2026-10-07", "2026-10-08"],
      ["2026-10-08", "2026-10-09"],
      ["2026-10-09", "2026-10-10"],
    ]);
    expect(vi.mocked(enqueue).mock.calls.filter(([job]) => job === "export.run").length).toBeGreaterThanOrEqual(3);
    const schedules = await inOrg(listSchedules);
    expect(schedules.find(({ id }) => id === scheduleId)?.nextAt).toBe("2026-10-11T06:00:00.000Z");
  });

  it("stands still while a schedule is paused; now is now; deleted is over", async () => {
    const { scheduleId } = await create(toStorage());
    await inOrg((scope) => setSchedulePaused(scope, scheduleId, true));
    await database.owner.query("delete from export_runs");
    await sweepExports(new Date("2030-01-01T00:00:00Z"));
    expect((await inOrg(listRuns)).filter((run) => run.scheduleId === scheduleId)).toEqual([]);
    const { exportId } = await inOrg((scope) => runScheduleNow(scope, scheduleId));
    expect(await inOrg(listRuns)).toContainEqual(expect.objectContaining({ id: exportId, state: "queued" }));
    await inOrg((scope) => deleteSchedule(scope, scheduleId));
    await executeExportRun(org.access, exportId);
    expect((await inOrg(listRuns)).filter(({ id }) => id === exportId)).toEqual([]);
  });

  it("is on record, without secrets", async () => {
    const { rows } = await database.owner.query(
      "select action, after::text from audit_events where org_id = $1 and action like 'export_schedule.%'",
      [org.id],
    );
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(["create", "update", "pause", "delete"].map((verb) => `export_schedule.${verb}`)),
    );
    expect(JSON.stringify(rows)).not.toContain(credentials.secretAccessKey);
  });
});
