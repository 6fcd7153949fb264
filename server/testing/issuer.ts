import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const WELL_KNOWN = "/.well-known/openid-configuration";

export type Issuers = {
  /** Every path below is an issuer of its own: `${origin}/acme`. */
  origin: string;
  /** What the issuer at a path says otherwise: fields of its configuration, or a whole answer. */
  set: (path: string, answer: { fields: Record<string, unknown> } | { status: number; body: string }) => void;
  close: () => Promise<void>;
};

/** Identity providers on loopback, as far as their configuration (OpenID Connect Discovery 1.0). */
export async function startIssuers(): Promise<Issuers> {
  const answers = new Map<string, Parameters<Issuers["set"]>[1]>();
  const server = createServer(({ url = "" }, response) => {
    const path = url.slice(0, -WELL_KNOWN.length);
    const answer = answers.get(path) ?? { fields: {} };
    const isFound = url.endsWith(WELL_KNOWN);
    const status = !isFound ? 404 : "status" in answer ? answer.status : 200;
    const body =
      "body" in answer ? answer.body : JSON.stringify({ ...configuration(`${origin}${path}`), ...answer.fields });
    response.writeHead(status, { "content-type": "application/json" }).end(isFound ? body : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    set: (path, answer) => answers.set(path, answer),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const configuration = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  response_types_supported: ["code", "id_token"],
});
