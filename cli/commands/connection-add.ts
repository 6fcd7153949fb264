import { openOrg } from "@/cli/access";
import { integerArgument } from "@/cli/arguments";
import { defineCommand, UsageError } from "@/cli/command";
import { readSecret } from "@/cli/read-secret";
import { AppError } from "@/server/lib/errors";

type Options = {
  org: string;
  name?: string;
  keyStdin?: boolean;
  sample?: boolean;
  backfillDays?: number;
  trailingDays?: number;
  granularity?: string;
};

export const connectionAdd = defineCommand<Options>({
  name: "connection add",
  summary: "Connect an OpenAI organization: verifies its Admin key and stores it encrypted",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .option("--name <text>", "the OpenAI organization's own name by default")
      .option("--key-stdin", "read the Admin key (sk-admin-…) from standard input")
      .option("--sample", "connect the sample organization that comes with Tollkeeper; needs no key")
      .option("--backfill-days <days>", "how much history to fetch, 1 to 1825 days (default: 365)", integerArgument)
      .option(
        "--trailing-days <days>",
        "closed days looked at again with every sync, 1 to 31 (default: 3)",
        integerArgument,
      )
      .option("--granularity <width>", "hour or day: how finely usage is kept (default: hour)"),

  prepare: async (options, standard) => {
    if (!options.keyStdin === !options.sample) throw new UsageError("Give one of --key-stdin and --sample.");
    const schema = await import("@/server/connections/schema");
    const chosen = schema.UpdateConnectionInput.omit({ connectionId: true }).parse({
      name: options.name,
      backfillDays: options.backfillDays,
      trailingDays: options.trailingDays,
      usageGranularity: options.granularity,
    });
    const settings = {
      name: chosen.name ?? null,
      backfillDays: chosen.backfillDays ?? 365,
      trailingDays: chosen.trailingDays ?? 3,
      usageGranularity: chosen.usageGranularity ?? "hour",
    } as const;
    const adminKey = options.sample ? null : schema.AdminKey.parse(await readSecret(standard, "--key-stdin"));
    return async () => {
      const access = await openOrg(options.org);
      const { connect, connectSample } = await import("@/server/sync/connect");
      const { getConnection } = await import("@/server/connections/find-connection");
      const { closeQueues } = await import("@/server/jobs/enqueue");
      const { id, runId, isRevived } = adminKey
        ? await connect(access, { ...settings, adminKey })
        : await connectSample(access, settings).catch(explainSample);
      await closeQueues();
      const connection = await access.inScope((scope) => getConnection(scope, id));
      return {
        json: {
          id,
          name: connection.name,
          openai_org_id: connection.openaiOrgId,
          key_last4: connection.keyLast4,
          abilities: connection.abilities,
          is_revived: isRevived,
          run_id: runId,
        },
        text: [
          `${isRevived ? "Connected again" : "Connected"}: ${connection.name} (${connection.openaiOrgId}) as ${id}.`,
          ...(isRevived ? ["What was fetched before is still here and is not fetched again."] : []),
          "The worker is fetching its history. To wait for it, or where no worker runs:",
          `  tollkeeper sync --org ${options.org} --connection ${id} --wait`,
        ].join("\n"),
      };
    };
  },
});

/** The sentence for a real key would blame OpenAI. */
function explainSample(error: unknown): never {
  if (!(error instanceof AppError) || error.reason !== "provider_unreachable") throw error;
  throw new AppError("provider", error.reason, {
    message: "The sample organization does not answer: it runs while Tollkeeper does (npm start).",
    cause: error,
  });
}
