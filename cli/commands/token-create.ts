import { openOrg } from "@/cli/access";
import { dayArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { addDays, parseUtcDay } from "@/server/lib/time";

type Options = { org: string; name: string; scope: string[]; expires?: string; allowIp?: string[] };

export const tokenCreate = defineCommand<Options>({
  name: "token create",
  summary: "Create a token for programs; it is printed once, alone",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--name <name>", "what it is for")
      .requiredOption(
        "--scope <scope...>",
        "what it may do: usage:read, connections:read, sync:run, members:read, audit:read",
      )
      .option("--expires <when>", "days from now, the UTC day on which it ends, or never; 90 days by default")
      .option("--allow-ip <address...>", "addresses or CIDR ranges it works from; anywhere by default"),

  prepare: async (options) => {
    const { CreateTokenInput, DEFAULT_TOKEN_DAYS } = await import("@/server/tokens/schema");
    const input = CreateTokenInput.parse({
      name: options.name,
      scopes: options.scope,
      allowedIps: options.allowIp,
      expiresAt: expiryOf(options.expires ?? String(DEFAULT_TOKEN_DAYS)),
    });
    return async ({ note }) => {
      const { createToken } = await import("@/server/tokens/create-token");
      const access = await openOrg(options.org);
      const { id, token } = await access.inScope((scope) => createToken(scope, input));
      const until = input.expiresAt ? `until ${input.expiresAt}` : "until it is revoked";
      note(`Works ${until}. It is shown only now.`);
      const { name, scopes, allowedIps, expiresAt } = input;
      return { json: { id, token, name, scopes, allowed_ips: allowedIps, expires_at: expiresAt }, text: token };
    };
  },
});

/** ISO instant, or null for never. @throws UsageError */
function expiryOf(when: string): string | null {
  if (when === "never") return null;
  if (/^\d{1,4}$/.test(when)) return addDays(new Date(), Number(when)).toISOString();
  try {
    return parseUtcDay(dayArgument(when)).toISOString();
  } catch {
    throw new UsageError("--expires takes a number of days, a UTC day such as 2027-01-31, or never.");
  }
}
