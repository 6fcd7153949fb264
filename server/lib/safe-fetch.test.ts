import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type Guard, guardedFetch, safeFetch } from "@/server/lib/safe-fetch";

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function serve(host: string, answer: RequestListener): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}

const redirectTo =
  (location: string, status = 302): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location }).end();

/** Here 127.0.0.1 plays the internet, and every other address the network inside. */
const guard = (names: Record<string, string[]> = {}, over: Partial<Guard> = {}): Guard => {
  const looked = new Map<string, number>();
  return {
    maxRedirects: 3,
    maxBodyBytes: 1000,
    timeoutMs: 2_000,
    isAllowed: (address) => address === "127.0.0.1",
    isHttpAllowed: true,
    // The first answer of a list at the first look, the next at the next: how a name is rebound.
    lookup: (host, _, callback) => {
      const times = looked.get(host) ?? 0;
      looked.set(host, times + 1);
      const answers = names[host] ?? [];
      const addresses = (answers[Math.min(times, answers.length - 1)] ?? "").split(" ").filter(Boolean);
      if (addresses.length === 0) callback(Object.assign(new Error("not found"), { code: "ENOTFOUND" }), []);
      else
        callback(
          null,
          addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
        );
    },
    ...over,
  };
};

const isRefused = { code: "invalid", reason: "address_refused" };

describe("on the internet", () => {
  it.each([
    ["decimal", "https://2130706433/"],
    ["octal", "https://0177.0.0.1/"],
    ["hexadecimal", "https://0x7f000001/"],
    ["short", "https://127.1/"],
    ["zero", "https://0/"],
    ["full-width", "https://１２７.０.０.１/"],
    ["loopback", "https://[::1]/"],
    ["mapped", "https://[::ffff:127.0.0.1]/"],
    ["mapped in hexadecimal", "https://[::ffff:7f00:1]/"],
    ["NAT64", "https://[64:ff9b::7f00:1]/"],
    ["unspecified", "https://[::]/"],
    ["metadata", "https://169.254.169.254/latest/meta-data/"],
    ["a name of this machine", "https://localhost/"],
  ])("refuses %s hosts: %s", async (_, url) => {
    await expect(safeFetch(url)).rejects.toMatchObject(isRefused);
  });

  it.each(["http://93.184.215.14/", "ftp://93.184.215.14/", "file:///etc/passwd", "data:text/plain,x"])(
    "refuses anything but https: %s",
    async (url) => {
      await expect(safeFetch(url)).rejects.toMatchObject(isRefused);
    },
  );
});

describe("names", () => {
  it("that resolve to the network inside are refused before anything connects", async () => {
    const inside = await serve("127.0.0.2", (_, response) => response.end("secret"));
    const names = { "inside.test": ["127.0.0.2"], "both.test": ["127.0.0.1 127.0.0.2"] };
    for (const name of Object.keys(names))
      await expect(guardedFetch(new Request(`http://${name}:${inside.port}/`), guard(names))).rejects.toMatchObject(
        isRefused,
      );
    expect(inside.asked()).toBe(0);
  });

  it("are connected to at the very address that was checked", async () => {
    const outside = await serve("127.0.0.1", (_, response) => response.end("hello"));
    // Rebound between two looks: the second one never happens.
    const rebinding = guard({ "rebinding.test": ["127.0.0.1", "127.0.0.2"] });
    const answer = await guardedFetch(new Request(`http://rebinding.test:${outside.port}/`), rebinding);
    expect(await answer.text()).toBe("hello");
  });

  it("are checked again at a redirect to the same name", async () => {
    const outside = await serve("127.0.0.1", (_, response) =>
      response.writeHead(302, { location: "/again", connection: "close" }).end(),
    );
    const rebinding = guard({ "rebinding.test": ["127.0.0.1", "127.0.0.2"] });
    await expect(guardedFetch(new Request(`http://rebinding.test:${outside.port}/`), rebinding)).rejects.toMatchObject(
      isRefused,
    );
    expect(outside.asked()).toBe(1);
  });

  it("that do not exist do not answer", async () => {
    await expect(guardedFetch(new Request("http://nowhere.test/"), guard())).rejects.toMatchObject({
      code: "provider",
      reason: "foreign_unreachable",
    });
  });
});

describe("redirects", () => {
  it("into the network inside are refused, by address and by name", async () => {
    const inside = await serve("127.0.0.2", (_, response) => response.end("secret"));
    for (const host of ["127.0.0.2", "inside.test", "2130706434", "[::ffff:127.0.0.2]"]) {
      const outside = await serve("127.0.0.1", redirectTo(`http://${host}:${inside.port}/`));
      await expect(
        guardedFetch(new Request(`http://127.0.0.1:${outside.port}/`), guard({ "inside.test": ["127.0.0.2"] })),
        host,
      ).rejects.toMatchObject(isRefused);
    }
    expect(inside.asked()).toBe(0);
  });

  it("to another scheme are refused", async () => {
    const outside = await serve("127.0.0.1", redirectTo("file:///etc/passwd"));
    await expect(guardedFetch(new Request(`http://127.0.0.1:${outside.port}/`), guard())).rejects.toMatchObject(
      isRefused,
    );
  });

  it("are followed a few times, then no more", async () => {
    const loop = await serve("127.0.0.1", redirectTo("/"));
    await expect(guardedFetch(new Request(`http://127.0.0.1:${loop.port}/`), guard())).rejects.toMatchObject({
      reason: "foreign_redirects",
    });
    expect(loop.asked()).toBe(4);
  });

  it("are handed over or refused where the caller says so", async () => {
    const outside = await serve("127.0.0.1", redirectTo("http://127.0.0.2/"));
    const request = (redirect: RequestRedirect) => new Request(`http://127.0.0.1:${outside.port}/`, { redirect });
    const answer = await guardedFetch(request("manual"), guard());
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "http://127.0.0.2/"]);
    await expect(guardedFetch(request("error"), guard())).rejects.toMatchObject({ reason: "foreign_redirects" });
  });

  it("take no credentials to another host, and turn a form into a question", async () => {
    const seen: unknown[] = [];
    const end = await serve("127.0.0.1", (request, response) => {
      seen.push([request.method, request.headers.authorization, request.headers["content-type"]]);
      response.end();
    });
    const outside = await serve("127.0.0.1", redirectTo(`http://127.0.0.1:${end.port}/`));
    const init = { method: "POST", body: "a=b", headers: { authorization: "Basic x", "content-type": "text/plain" } };
    await guardedFetch(new Request(`http://127.0.0.1:${outside.port}/`, init), guard());
    expect(seen).toEqual([["GET", undefined, undefined]]);
  });
});

describe("answers", () => {
  it("arrive whole, unpacked, as the platform's own", async () => {
    const outside = await serve("127.0.0.1", async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.writeHead(201, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync(JSON.stringify({ body })));
    });
    const answer = await guardedFetch(
      new Request(`http://127.0.0.1:${outside.port}/`, { method: "POST", body: "code=1" }),
      guard(),
    );
    expect(answer).toBeInstanceOf(Response);
    expect([answer.status, await answer.json()]).toEqual([201, { body: "code=1" }]);
  });

  it("are bounded as they unpack, not as they are packed", async () => {
    const outside = await serve("127.0.0.1", (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("0".repeat(1_000_000)));
    });
    await expect(guardedFetch(new Request(`http://127.0.0.1:${outside.port}/`), guard())).rejects.toMatchObject({
      reason: "foreign_answer_too_large",
    });
  });

  it("that come by drops are not waited for", async () => {
    const outside = await serve("127.0.0.1", (_, response) => {
      response.write("a");
      const drops = setInterval(() => response.write("a"), 50);
      response.on("close", () => clearInterval(drops));
    });
    const hurried = guard({}, { timeoutMs: 300 });
    await expect(guardedFetch(new Request(`http://127.0.0.1:${outside.port}/`), hurried)).rejects.toMatchObject({
      reason: "foreign_unreachable",
    });
  });
});
