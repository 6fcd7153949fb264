import { defineCommand } from "@/cli/command";

type Options = { name: string; owner: string };

export const orgCreate = defineCommand<Options>({
  name: "org create",
  summary: "Create an organization; prints its slug",
  define: (command) =>
    command
      .requiredOption("--name <text>", "as people call it")
      .requiredOption("--owner <email>", "an account that becomes its owner"),

  prepare: async (options) => {
    const { CreateOrgInput } = await import("@/server/orgs/schema");
    const input = CreateOrgInput.parse({ name: options.name });
    return async () => {
      const { createOrg } = await import("@/server/orgs/create-org");
      const { noClient } = await import("@/server/lib/client-info");
      const { findUserByEmail } = await import("@/server/auth/find-user");
      const owner = await findUserByEmail(options.owner);
      const founder = { ownerId: owner.id, actor: { type: "operator" } as const, requestId: null, client: noClient };
      const { id, slug } = await createOrg(founder, input);
      return { json: { id, slug, name: input.name, owner: owner.email }, text: slug };
    };
  },
});
