import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import OidcProvider from "oidc-provider";

/** What the provider says of somebody, besides the subject. */
export type Person = { email?: string; email_verified?: boolean; name?: string };

export type TestIdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const client = { clientId: "tollkeeper", clientSecret: `secret-${randomBytes(16).toString("hex")}` };

/**
 * A real OpenID Connect provider on this machine. Its sign-in page asks for a name alone, the key of somebody in `people`,
 * which is the subject as well; whoever is not listed goes back without having signed in. PKCE is demanded.
 */
export async function startIdentityProvider(redirectUris: string[]) {
  const people = new Map<string, Person>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new OidcProvider(issuer, configurationFor(redirectUris, people));
  const protocol = provider.callback();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!request.url?.startsWith("/interaction/")) return protocol(request, response);
    if (request.method === "GET") return void response.setHeader("content-type", "text/html").end(signInPage);
    const name = new URLSearchParams(await text(request)).get("name") ?? "";
    const person = people.get(name);
    const result = person ? { login: { accountId: name } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result);
  }

  return {
    issuer,
    client,
    people,
    /** Goes through the sign-in that an address begins. @returns the address that it leads back to */
    visit: (begin: string, name: string) => visit(issuer, begin, name),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const signInPage = `<!doctype html><html lang="en"><title>Identity provider</title>
  <form method="post"><label>Name <input name="name" autofocus></label><button>Continue</button></form></html>`;

/** What the provider keeps of a sign-in. */
const held = ["Interaction", "Session", "Grant", "AuthorizationCode", "AccessToken", "IdToken"];
const HELD_SECONDS = 600;

type Context = {
  oidc: { client: { clientId: string }; session: { accountId: string }; provider: OidcProvider };
};

const configurationFor = (redirectUris: string[], people: Map<string, Person>) => ({
  clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: redirectUris }],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
  ttl: Object.fromEntries(held.map((kind) => [kind, HELD_SECONDS])),
  cookies: { keys: [randomBytes(16).toString("hex")] },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  // Nobody is asked whether the product may know who they are.
  loadExistingGrant: async ({ oidc }: Context) => {
    const { clientId } = oidc.client;
    const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const MAX_HOPS = 10;

async function visit(issuer: string, begin: string, name: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(begin);
  for (let hop = 0; hop < MAX_HOPS && url.origin === issuer; hop++) {
    const isSignInPage = url.pathname.startsWith("/interaction/");
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
      ...(isSignInPage ? { method: "POST", body: new URLSearchParams({ name }) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [key = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
      cookies.set(key, value);
    }
    const location = answer.headers.get("location");
    if (!location) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
    url = new URL(location, url);
  }
  return url.href;
}
