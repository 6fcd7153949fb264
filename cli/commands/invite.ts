import { openOrg } from "@/cli/access";
import { integerArgument } from "@/cli/arguments";
import { defineCommand } from "@/cli/command";
import { renderTable } from "@/cli/output/table";

type Options = { org: string; email: string[]; role: string; days?: number };

export const invite = defineCommand<Options>({
  name: "invite",
  summary: "Invite people to an organization",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--email <address...>", "one or more addresses, up to 200")
      .requiredOption("--role <role>", "owner, admin or reader")
      .option("--days <number>", "how long the links work: 1 to 30, 7 by default", integerArgument),

  prepare: async (options) => {
    const { InviteInput } = await import("@/server/members/schema");
    const input = InviteInput.parse({ addresses: options.email, role: options.role, expiresInDays: options.days });
    return async () => {
      const { invite: inviteAddresses } = await import("@/server/members/invite");
      const rows = await inviteAddresses(await openOrg(options.org), input);
      const table = renderTable(
        [{ title: "email" }, { title: "result" }],
        rows.map(({ address, status }) => [address, status]),
      );
      // Too long for a column, and of use only whole.
      const links = rows.flatMap(({ address, link }) => (link ? `${address}: ${link}` : []));
      const remark = links.length > 0 ? `\n\nNo mail server is set up. Pass the links on:\n${links.join("\n")}` : "";
      return {
        json: { rows: rows.map(({ address, status, link }) => ({ email: address, result: status, link })) },
        text: table + remark,
        hasFailed: rows.some(({ status }) => status === "not_an_address"),
      };
    };
  },
});
