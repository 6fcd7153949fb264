import { Option } from "commander";
import { openOrg } from "@/cli/access";
import { integerArgument } from "@/cli/arguments";
import { type CliCommand, defineCommand, UsageError } from "@/cli/command";
import { readSecret } from "@/cli/read-secret";
import type { OrgAccess } from "@/server/auth/scope";
import { exportFrequencies } from "@/server/exports/constants";

type Storage = {
  bucket?: string;
  region?: string;
  endpoint?: string;
  prefix?: string;
  accessKeyId?: string;
  pathStyle?: boolean;
  secretStdin?: boolean;
};

type Options = Storage & {
  org: string;
  name: string;
  parameters: string;
  every: (typeof exportFrequencies)[number];
  hour: number;
  on?: number;
  lastDays?: number;
  mail?: string[];
};

export const exportsSchedule = defineCommand<Options>({
  name: "exports schedule",
  summary: "Have an export made and delivered by itself, to a storage or to members",
  define: (command) =>
    command
      .requiredOption("--org <slug>", "organization of Tollkeeper")
      .requiredOption("--name <text>", "what it is called")
      .requiredOption("--parameters <query>", 'what is in it, as in an address: "format=focus", "group_by=day,project"')
      .addOption(new Option("--every <period>", "how often").choices(exportFrequencies).default("day"))
      .option("--hour <hour>", "0 to 23 by the organization's clock (default: 6)", integerArgument, 6)
      .option("--on <day>", "of a week 1 (Monday) to 7, of a month 1 to 28", integerArgument)
      .option("--last-days <days>", "so many days instead of the period before", integerArgument)
      .option("--mail <address...>", "to these members")
      .option("--bucket <name>", "to this bucket of an S3-compatible storage")
      .option("--region <name>", "of the bucket")
      .option("--endpoint <url>", "of the storage; Amazon S3 without it")
      .option("--prefix <folder>", "before the names of files")
      .option("--access-key-id <id>", "of the storage")
      .option("--path-style", "the bucket in the path, as most storages other than Amazon's want it")
      .option("--secret-stdin", "read the secret access key from standard input"),

  prepare: async (options, standard) => {
    if (!options.mail === !options.bucket) throw new UsageError("Give one of --mail and --bucket.");
    if (options.bucket && !options.secretStdin) throw new UsageError("Pipe the secret access key in: --secret-stdin.");
    const { ScheduleInput } = await import("@/server/exports/schema");
    const { org, name, parameters: search, every: frequency, hour } = options;
    const input = ScheduleInput.parse({
      name,
      search,
      frequency,
      hour,
      dayOfPeriod: frequency === "day" ? null : (options.on ?? 1),
      trailingDays: options.lastDays ?? null,
      target: targetOf(options),
      ...(options.bucket && { secretAccessKey: await readSecret(standard, "--secret-stdin") }),
    });
    return async () => {
      const { createSchedule } = await import("@/server/exports/schedules/schedules");
      const access = await openOrg(org);
      const { scheduleId } = await access.inScope((scope) => createSchedule(scope, input));
      return { json: { id: scheduleId }, text: scheduleId };
    };
  },
});

function targetOf({ mail, region = "us-east-1", bucket, prefix = "", ...storage }: Options) {
  if (mail) return { kind: "mail", recipients: mail };
  const { endpoint, accessKeyId, pathStyle: isPathStyle = false } = storage;
  return { kind: "s3", endpoint: endpoint ?? null, region, bucket, prefix, accessKeyId, isPathStyle };
}

type Deed = {
  name: string;
  summary: string;
  done: string;
  work: (access: OrgAccess, scheduleId: string) => Promise<void>;
};

/** A command that does one thing to a schedule. */
const defineDeed = ({ name, summary, done, work }: Deed): CliCommand =>
  defineCommand<{ org: string }>({
    name: `exports ${name}`,
    summary,
    define: (command) =>
      command.argument("<schedule>", "its id").requiredOption("--org <slug>", "organization of Tollkeeper"),

    prepare: async ({ org }, _standard, [id]) => {
      const { ScheduleRef } = await import("@/server/exports/schema");
      const { scheduleId } = ScheduleRef.parse({ scheduleId: id });
      return async () => {
        await work(await openOrg(org), scheduleId);
        return { json: { id: scheduleId }, text: `${done}: ${scheduleId}.` };
      };
    },
  });

const verbs = () => import("@/server/exports/schedules/schedules");

const setPaused = (isPaused: boolean) => async (access: OrgAccess, scheduleId: string) => {
  const { setSchedulePaused } = await verbs();
  await access.inScope((scope) => setSchedulePaused(scope, scheduleId, isPaused));
};

export const exportsPause = defineDeed({
  name: "pause",
  summary: "Stop making a scheduled export for a while",
  done: "Paused",
  work: setPaused(true),
});

export const exportsResume = defineDeed({
  name: "resume",
  summary: "Go on with a scheduled export, making up for nothing",
  done: "Goes on",
  work: setPaused(false),
});

export const exportsDelete = defineDeed({
  name: "delete",
  summary: "Delete a schedule; what it delivered stays",
  done: "Deleted",
  work: async (access, scheduleId) => {
    const { deleteSchedule } = await verbs();
    await access.inScope((scope) => deleteSchedule(scope, scheduleId));
  },
});
