import { defineCommand } from "@/cli/command";

type Options = { email: string };

export const twoFactorReset = defineCommand<Options>({
  name: "two-factor reset",
  summary: "Turn the second factor of somebody off who lost it, and end their sessions",
  define: (command) => command.requiredOption("--email <address>", "whose; make sure first who asks for it"),

  prepare:
    ({ email }) =>
    async () => {
      const { resetTwoFactor } = await import("@/server/auth/two-factor/reset");
      const account = await resetTwoFactor(email);
      return {
        json: account,
        text: `${account.email} signs in without a second factor now. All sessions were ended, and a mail says so.`,
      };
    },
});
