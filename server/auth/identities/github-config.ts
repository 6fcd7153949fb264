import { customFetch } from "next-auth";
import type { OAuthConfig } from "next-auth/providers";
import { z } from "zod";
import type { Client } from "@/server/auth/identities/provider";
import { Email } from "@/server/auth/schema";
import { AppError } from "@/server/lib/errors";
import { safeFetch } from "@/server/lib/safe-fetch";

/** Where GitHub's pages and its API are. */
export type GitHubSite = { site: string; api: string };

const gitHub: GitHubSite = { site: "https://github.com", api: "https://api.github.com" };

const Person = z.object({ id: z.number().int(), login: z.string(), name: z.string().nullish() });
const Addresses = z.array(z.object({ email: Email, primary: z.boolean(), verified: z.boolean() }));

type GitHubPerson = z.infer<typeof Person> & { email: string | null };

/** GitHub speaks OAuth without OpenID Connect: who it is and which addresses are verified is asked of its API. */
export const gitHubConfig = (client: Client, { site, api }: GitHubSite = gitHub): OAuthConfig<GitHubPerson> => ({
  id: "github",
  name: "GitHub",
  type: "oauth",
  // Named in its answers.
  issuer: `${site}/login/oauth`,
  ...client,
  checks: ["pkce", "state"],
  authorization: { url: `${site}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
  token: `${site}/login/oauth/access_token`,
  userinfo: {
    url: `${api}/user`,
    request: ({ tokens }: { tokens: { access_token?: string } }) => readPerson(api, tokens.access_token ?? ""),
  },
  profile: ({ id, login, name, email }) => ({ id: String(id), name: name ?? login, email }),
  [customFetch]: safeFetch,
});

async function readPerson(api: string, accessToken: string): Promise<GitHubPerson> {
  const read = async (path: string): Promise<unknown> => {
    const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${accessToken}` };
    const answer = await safeFetch(`${api}${path}`, { headers: { ...headers, "user-agent": "tollkeeper" } });
    if (answer.ok) return answer.json();
    throw new AppError("provider", "identity_provider_unreachable", {
      message: "GitHub refused.",
      details: { status: answer.status },
    });
  };
  const [person, addresses] = await Promise.all([read("/user"), read("/user/emails")]);
  return { ...Person.parse(person), email: addressOf(Addresses.parse(addresses)) };
}

/** The verified one, the primary one first: the address on somebody's page may be anybody's. */
function addressOf(addresses: z.infer<typeof Addresses>): string | null {
  const verified = addresses.filter((address) => address.verified);
  return (verified.find((address) => address.primary) ?? verified[0])?.email ?? null;
}
