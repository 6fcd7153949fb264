import net from "node:net";
import { describe, expect, it } from "vitest";
import { acceptsConnections, assertPortsFree, freePort, isPortFree } from "./ports.mjs";

async function occupied(host, work) {
  const server = net.createServer();
  await new Promise((resolve) => server.listen({ port: 0, host }, resolve));
  try {
    return await work(server.address().port, server);
  } finally {
    server.close();
  }
}

describe("ports", () => {
  it("a free port is free and silent", async () => {
    const port = await freePort();
    expect(await isPortFree(port)).toBe(true);
    expect(await acceptsConnections(port)).toBe(false);
  });

  it.each(["127.0.0.1", "0.0.0.0"])("a port taken on %s is not free", async (host) => {
    await occupied(host, async (port) => {
      expect(await isPortFree(port)).toBe(false);
      expect(await acceptsConnections(port)).toBe(true);
    });
  });

  it("a taken port is named with the variable that changes it", async () => {
    await occupied("127.0.0.1", async (port) => {
      await expect(assertPortsFree([{ name: "web server", variable: "PORT", port }])).rejects.toThrow(
        new RegExp(`Port ${port}, wanted for the web server.*[^]*PORT=${port + 1} npm start`),
      );
    });
  });

  it("waits for a former process to let go", async () => {
    await occupied("127.0.0.1", async (port, server) => {
      setTimeout(() => server.close(), 200);
      await expect(assertPortsFree([{ name: "web server", variable: "PORT", port }], 5000)).resolves.toBeUndefined();
    });
  });
});
