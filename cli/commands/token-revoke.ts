import { openOrg } from "@/cli/access";
import { defineCommand } from "@/cli/command";
import type { OrgScope } from "@/server/auth/scope";
import { AppError, notFound } from "@/server/lib/errors";

type Options = { org: string };

export const tokenRevoke = defineCommand<Options>({
  name: "token revoke",
  summary: "End a token, at its next call",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .argument("<token>", "its id, or the name of one that works"),

  prepare:
    (options, _standard, [wanted = ""]) =>
    async () => {
      const { revokeToken } = await import("@/server/tokens/revoke-token");
      const access = await openOrg(options.org);
      const { id, name } = await access.inScope(async (scope) => {
        const token = await chooseToken(scope, wanted);
        await revokeToken(scope, { tokenId: token.id });
        return token;
      });
      return { json: { id, name }, text: `Revoked ${name} (${id}).` };
    },
});

/** @throws AppError not_found, or conflict for a name that several have, as during a rotation */
async function chooseToken(scope: OrgScope, wanted: string): Promise<{ id: string; name: string }> {
  const { listTokens, works } = await import("@/server/tokens/list-tokens");
  const tokens = await listTokens(scope);
  const [found, ...others] = tokens.filter((token) => token.id === wanted || (token.name === wanted && works(token)));
  if (!found) throw notFound("token");
  if (others.length > 0) {
    throw new AppError("conflict", "token_ambiguous", {
      message: "Several tokens have this name: give the id instead, as `token list` shows it.",
    });
  }
  return found;
}
