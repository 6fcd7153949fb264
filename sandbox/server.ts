import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseInstant } from "./clock";
import { serveControl } from "./control/serve";
import { Router } from "./http/router";
import { serveAdmin } from "./http/serve";
import { routes } from "./routes";
import { SandboxState } from "./state";

export interface StartOptions {
  /** 0 (the default) takes a free port. */
  port?: number;
  host?: string;
  seed?: number;
  /** ISO 8601 or Unix seconds: the clock stands still there. Absent: the wall clock. */
  now?: string | number;
  scale?: number;
  historyDays?: number;
}

export interface RunningSandbox {
  /** Base of the control API, e.g. http://127.0.0.1:4010 */
  origin: string;
  /** Base of the admin API, to be used as OPENAI_BASE_URL: origin + /v1 */
  url: string;
  port: number;
  /** The state itself, for tests in the same process. */
  control: SandboxState;
  close: () => Promise<void>;
}

/** Starts a sandbox and resolves once it listens; rejects with the error of the port. */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const sandbox = new SandboxState({
    seed: options.seed ?? 1,
    scale: options.scale ?? 1,
    historyDays: options.historyDays ?? 400,
    now: options.now === undefined ? null : parseInstant(options.now),
  });
  const router = new Router(routes);
  const server = createServer((request, response) => {
    const exchange = { request, response };
    const isControl = request.url?.startsWith("/control") ?? false;
    const served = isControl ? serveControl(sandbox, exchange) : serveAdmin(sandbox, router, exchange);
    served.catch((error: unknown) => {
      console.error("sandbox: connection failed", error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 65_000;
  const host = options.host ?? "127.0.0.1";
  const { port } = await listen(server, options.port ?? 0, host);
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return { origin, url: `${origin}/v1`, port, control: sandbox, close: () => close(server) };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the sandbox did not get a TCP port"));
      else resolve(address);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
