import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What a stand-in says that a provider would not, or not so. */
export type Lies = { discovery?: object; idToken?: object; userinfo?: object };

export type StandInIssuer = Awaited<ReturnType<typeof startStandInIssuer>>;

const CLIENT_ID = "stand-in-client";

type Begun = { nonce: string; challenge: string };

/** An OpenID Connect provider that says of somebody whatever a test wants, right or wrong. */
export async function startStandInIssuer() {
  const begun = new Map<string, Begun>();
  const said = { claims: {} as Record<string, unknown>, lies: {} as Lies };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith("/authorize?")) {
      return void response.writeHead(302, { location: leadBack(new URL(request.url, issuer).href) }).end();
    }
    const reply = await replyTo(request);
    response.writeHead(reply ? 200 : 400, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ?? { error: "invalid_grant" }));
  }

  async function replyTo(request: IncomingMessage): Promise<object | null> {
    switch (request.url) {
      case "/.well-known/openid-configuration":
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ["code"],
          ...said.lies.discovery,
        };
      case "/token":
        return tokens(new URLSearchParams(await text(request)));
      case "/userinfo":
        return { ...said.claims, ...said.lies.userinfo };
      default:
        return null;
    }
  }

  function tokens(asked: URLSearchParams): object | null {
    const { nonce, challenge } = begun.get(asked.get("code") ?? "") ?? {};
    const proven = createHash("sha256")
      .update(asked.get("code_verifier") ?? "")
      .digest("base64url");
    if (proven !== challenge) return null;
    begun.delete(asked.get("code") ?? "");
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: CLIENT_ID,
      iat: now,
      exp: now + 300,
      nonce,
      ...said.claims,
      ...said.lies.idToken,
    };
    const parts = [{ alg: "RS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    return { access_token: "access", token_type: "bearer", id_token: `${parts.join(".")}.c2lnbmF0dXJl` };
  }

  function leadBack(begin: string): string {
    const asked = new URL(begin).searchParams;
    const code = randomUUID();
    begun.set(code, { nonce: asked.get("nonce") ?? "", challenge: asked.get("code_challenge") ?? "" });
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  /** What it says from now on. */
  const say = (claims: Record<string, unknown>, lies: Lies = {}) => Object.assign(said, { claims, lies });

  return {
    issuer,
    say,
    client: { clientId: CLIENT_ID, clientSecret: "stand-in-secret" },
    /** Signs in who these claims are of. @returns the address that leads back */
    visit(begin: string, claims: Record<string, unknown>, lies: Lies = {}): string {
      say(claims, lies);
      return leadBack(begin);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
