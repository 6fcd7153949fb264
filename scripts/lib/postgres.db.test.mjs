import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "./connect.mjs";
import { startPostgres } from "./postgres.mjs";
import { readPostmaster } from "./postgres/postmaster.mjs";
import { processIdentity } from "./process-identity.mjs";

let root;
let data;
let others = [];
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-postgres-"));
  fs.chmodSync(root, 0o711);
  data = path.join(root, "postgres");
});
afterEach(async () => {
  for (const other of others) other.kill("SIGKILL");
  others = [];
  await stopped(await startPostgres({ dir: data, ephemeral: true }));
  fs.rmSync(root, { recursive: true, force: true });
});

const stopped = (server) => server.stop();
const query = async (server, sql) => (await withClient(server.url, (client) => client.query(sql))).rows;

/** Another process that starts the server on the same directory and stays. */
async function startElsewhere() {
  const code = `import { startPostgres } from ${JSON.stringify(path.resolve("scripts/lib/postgres.mjs"))};
    const server = await startPostgres({ dir: ${JSON.stringify(data)} });
    console.log("ready");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  others.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child;
}

describe("startPostgres", () => {
  it("keeps data over restarts, on loopback, behind a password that only the owner can read", async () => {
    const first = await startPostgres({ dir: data });
    await query(first, "create table kept as select 42 as answer");
    expect(await query(first, "select current_setting('listen_addresses') as addresses")).toEqual([
      { addresses: "127.0.0.1" },
    ]);
    await expect(query({ url: first.url.replace(/:[^:@]+@/, ":wrong@") }, "select 1")).rejects.toMatchObject({
      code: "28P01",
    });
    expect(fs.statSync(`${data}.json`).mode & 0o777).toBe(0o600);
    await first.stop();

    const second = await startPostgres({ dir: data });
    expect(await query(second, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(readPostmaster(data)).toBeUndefined();
  });

  it("removes every trace of an ephemeral one", async () => {
    const server = await startPostgres({ dir: data, ephemeral: true });
    await server.stop();
    expect(fs.readdirSync(root)).toEqual([]);
  });

  it("joins a server that another process runs, and leaves stopping to that one", async () => {
    await startElsewhere();
    const joined = await startPostgres({ dir: data });
    expect(joined.isReused).toBe(true);
    await joined.stop();
    expect(await query(joined, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("knows the server by whatever name leads to its directory", async () => {
    const { pid } = await startElsewhere();
    fs.symlinkSync(root, `${root}-link`);
    await expect(startPostgres({ dir: path.join(`${root}-link`, "postgres"), exclusive: true })).rejects.toThrow(
      `Process ${pid} uses`,
    );
    fs.rmSync(`${root}-link`);
  });

  it("refuses to join where it must have the server for itself, and names who has it", async () => {
    const { pid } = await startElsewhere();
    await expect(startPostgres({ dir: data, exclusive: true })).rejects.toThrow(`Process ${pid} uses the database`);
  });

  it("stops a server whose starter was killed, and starts anew with the data", async () => {
    const starter = await startElsewhere();
    const before = readPostmaster(data);
    await query(await startPostgres({ dir: data }), "create table kept as select 1");
    starter.kill("SIGKILL");
    for (let tries = 0; processIdentity(starter.pid) && tries < 100; tries += 1) await sleep(20);

    const server = await startPostgres({ dir: data, exclusive: true });
    expect(readPostmaster(data).pid).not.toBe(before.pid);
    expect(await query(server, "select count(*)::int as count from kept")).toEqual([{ count: 1 }]);
    await server.stop();
  });

  it("recovers from a server that was killed itself, and says when that happens", async () => {
    const server = await startPostgres({ dir: data });
    await query(server, "create table kept as select 1");
    process.kill(readPostmaster(data).pid, "SIGKILL");
    await server.ended;

    const next = await startPostgres({ dir: data });
    expect(await query(next, "select count(*)::int as count from kept")).toEqual([{ count: 1 }]);
    await next.stop();
  });

  it("is not held up by a leftover file whose process id belongs to another program by now", async () => {
    await stopped(await startPostgres({ dir: data }));
    fs.writeFileSync(path.join(data, "postmaster.pid"), `${process.pid}\n${data}\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
    const server = await startPostgres({ dir: data, exclusive: true });
    expect(readPostmaster(data).pid).not.toBe(process.pid);
    await server.stop();
  });

  it("starts over after an interrupted creation", async () => {
    fs.mkdirSync(`${data}.new/base`, { recursive: true });
    fs.writeFileSync(`${data}.new/PG_VERSION`, "18\n");
    fs.writeFileSync(`${data}.json`, JSON.stringify({ password: "of the interrupted one" }));
    const server = await startPostgres({ dir: data });
    expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it("says what to do about data of another PostgreSQL version", async () => {
    await stopped(await startPostgres({ dir: data }));
    fs.writeFileSync(path.join(data, "PG_VERSION"), "15\n");
    await expect(startPostgres({ dir: data })).rejects.toThrow(/made by PostgreSQL 15.*brings PostgreSQL 18/s);
    fs.writeFileSync(path.join(data, "PG_VERSION"), "18\n");
  });
});
