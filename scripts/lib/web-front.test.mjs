import { spawn } from "node:child_process";
import http from "node:http";
import readline from "node:readline";
import { afterEach, expect, it } from "vitest";

const front = new URL("web-front.mjs", import.meta.url).href;
/** Answers with what a server sees of the address: in the headers, and in the form Node received them. */
const server = `require("node:http").createServer((request, response) => {
  const raw = request.rawHeaders.filter((_, i, all) => i % 2 && all[i - 1].toLowerCase() === "x-client-address");
  response.end(JSON.stringify({ seen: request.headers["x-client-address"], raw }));
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

const children = [];
afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

async function ask(env, headers) {
  const child = spawn(process.execPath, ["--import", front, "--eval", server], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [port] = await new Promise((resolve) =>
    readline.createInterface({ input: child.stdout }).once("line", (line) => resolve([Number(line)])),
  );
  return new Promise((resolve, reject) => {
    http
      .get({ port, host: "127.0.0.1", headers }, async (response) => {
        let body = "";
        for await (const chunk of response) body += chunk;
        resolve({ ...JSON.parse(body), hsts: response.headers["strict-transport-security"] });
      })
      .on("error", reject);
  });
}

const spoofed = { "X-Client-Address": ["6.6.6.6", "7.7.7.7"], "X-Forwarded-For": "8.8.8.8" };

it("no copy of the header that came with a request survives, and nobody is believed by default", async () => {
  expect(await ask({}, spoofed)).toMatchObject({ seen: "127.0.0.1", raw: ["127.0.0.1", "127.0.0.1"] });
});

it("a trusted proxy is believed about the address, not about the header", async () => {
  expect(await ask({ TRUSTED_PROXIES: "127.0.0.0/8" }, spoofed)).toMatchObject({ seen: "8.8.8.8" });
});

it("demands https from then on where the product is reached by it", async () => {
  expect((await ask({ AUTH_URL: "https://tollkeeper.example" }, {})).hsts).toContain("max-age=31536000");
  expect((await ask({ AUTH_URL: "http://localhost:3000" }, {})).hsts).toBeUndefined();
});
