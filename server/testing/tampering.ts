import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What the provider sent, or what is sent in its place. `location` makes it a redirect. */
export type Answer = { status: number; body: string; location?: string };

type Tamper = (answer: Answer, url: URL) => Answer | Promise<Answer>;

export type TamperingProvider = Awaited<ReturnType<typeof startTampering>>;

/** Stands between the product and a provider, and changes answers as a test needs: faults no well-behaved server produces. */
export async function startTampering(targetUrl: string) {
  let tamper: Tamper = (answer) => answer;
  const { origin, pathname } = new URL(targetUrl);

  async function answerOf(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? "/", origin);
    const response = await fetch(url, { headers: { authorization: request.headers.authorization ?? "" } });
    return tamper({ status: response.status, body: await response.text() }, url);
  }

  const server = createServer(async (request, response) => {
    const { status, body, location } = await answerOf(request);
    response.writeHead(status, { "content-type": "application/json", ...(location ? { location } : {}) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    /** From now on every answer passes through `change`. */
    tamper: (change: Tamper) => {
      tamper = change;
    },
    reset: () => {
      tamper = (answer) => answer;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Changes the JSON of successful answers to paths that contain `path`. */
export const changeJson =
  <Body>(path: string, change: (body: Body, url: URL) => unknown): Tamper =>
  (answer, url) =>
    answer.status === 200 && url.pathname.includes(path)
      ? { ...answer, body: JSON.stringify(change(JSON.parse(answer.body), url)) }
      : answer;

/** Answers as the provider refuses: its error object with a status. */
export const refusal = (status: number, message = "refused"): Answer => ({
  status,
  body: JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code: null } }),
});
