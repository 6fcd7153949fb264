import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { method: string; url: URL; headers: IncomingHttpHeaders };

export type Handler = (received: Received, response: ServerResponse) => void;

/** A server on loopback that answers whatever a test needs, for faults that no well-behaved server produces. */
export async function startLocalProvider(handler: Handler) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const call = {
      method: request.method ?? "",
      url: new URL(request.url ?? "/", "http://provider"),
      headers: request.headers,
    };
    received.push(call);
    handler(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

export const emptyList = { object: "list", data: [], has_more: false };

/** No waits between attempts. */
export const atOnce = { baseDelayMs: 0, maxDelayMs: 0 };
