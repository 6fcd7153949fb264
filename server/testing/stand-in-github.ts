import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type GitHubAddress = { email: string; primary: boolean; verified: boolean };
type Account = { id: number; login: string; name?: string | null; email?: string | null; addresses: GitHubAddress[] };

/** GitHub's pages and API as far as signing in needs them, for one account that a test chooses. */
export async function startStandInGitHub() {
  const shown = { account: null as Account | null };
  const server = createServer((request, response) => {
    const { addresses = [], ...person } = shown.account ?? {};
    const replies: Record<string, object> = {
      "/login/oauth/access_token": {
        access_token: "gho_stand_in",
        token_type: "bearer",
        scope: "read:user,user:email",
      },
      "/user": person,
      "/user/emails": addresses,
    };
    const isSignedIn =
      request.url === "/login/oauth/access_token" || request.headers.authorization === "Bearer gho_stand_in";
    const reply = isSignedIn ? replies[request.url ?? ""] : undefined;
    response.writeHead(reply ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    at: { site: origin, api: origin },
    /** @returns the address that leads back, as GitHub makes it */
    visit(begin: string, account: Account): string {
      shown.account = account;
      const asked = new URL(begin).searchParams;
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", "a code of GitHub's");
      back.searchParams.set("state", asked.get("state") ?? "");
      back.searchParams.set("iss", `${origin}/login/oauth`);
      return back.href;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
