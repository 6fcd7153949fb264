import { defineCommand, UsageError } from "@/cli/command";

type Options = { email: string; session?: string; all?: boolean };

export const sessionsRevoke = defineCommand<Options>({
  name: "sessions revoke",
  summary: "End a person's sessions, at their next request",
  define: (command) =>
    command
      .requiredOption("--email <address>", "whose sessions")
      .option("--session <id>", "only this one")
      .option("--all", "all of them; what happens without --session, too"),

  prepare: async (options) => {
    if (options.session && options.all) throw new UsageError("Give --session or --all, not both.");
    const { SessionInput } = await import("@/server/auth/schema");
    const which = options.session ? SessionInput.parse({ sessionId: options.session }) : "all";
    return async () => {
      const { endSessions } = await import("@/server/auth/end-sessions");
      const { findUserByEmail } = await import("@/server/auth/find-user");
      const { noClient } = await import("@/server/lib/client-info");
      const account = await findUserByEmail(options.email);
      const ended = await endSessions({ account, client: noClient, actor: { type: "operator" } }, which);
      return {
        json: { email: account.email, ended },
        text: `Ended ${ended} ${ended === 1 ? "session" : "sessions"} of ${account.email}.`,
      };
    };
  },
});
