import { defineCommand, UsageError } from "@/cli/command";
import { readSecret } from "@/cli/read-secret";

type Options = { email: string; password?: string; passwordStdin?: boolean; name?: string };

export const userCreate = defineCommand<Options>({
  name: "user create",
  summary: "Create a person's account",
  define: (command) =>
    command
      .requiredOption("--email <address>", "what the person signs in with")
      .option("--password <text>", "at least 12 characters; other users of this machine can see it")
      .option("--password-stdin", "read the password from standard input instead")
      .option("--name <text>", "shown to others; the address's first part by default"),

  prepare: async (options, standard) => {
    if ((options.password === undefined) === !options.passwordStdin)
      throw new UsageError("Give one of --password and --password-stdin.");
    const { SignUpInput } = await import("@/server/auth/schema");
    const input = SignUpInput.parse({
      email: options.email,
      name: options.name ?? options.email.split("@")[0],
      password: options.password ?? (await readSecret(standard, "--password-stdin")),
    });
    return async () => {
      const { createUser } = await import("@/server/auth/create-user");
      const { id, email } = await createUser(input);
      return { json: { id, email }, text: `Created ${email}.` };
    };
  },
});
