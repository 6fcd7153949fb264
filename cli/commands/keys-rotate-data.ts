import { defineCommand } from "@/cli/command";

type Options = { org?: string };

export const keysRotateData = defineCommand<Options>({
  name: "keys rotate-data",
  summary: "Make new data keys and encrypt every secret anew, while everything runs",
  define: (command) =>
    command.option("--org <slug>", "only the secrets of this organization (default: all, and those of people)"),

  prepare:
    ({ org }) =>
    async () => {
      const { rotateDataKeys } = await import("@/server/connections/rotate-data-keys");
      const { keys, secrets, failures } = await rotateDataKeys({ org: org ?? null });
      return {
        json: { keys, secrets, failures },
        text: [
          `${secrets} secrets were encrypted anew, with ${keys} new data keys.`,
          ...failures.map((failure) => `Not ${failure.org}: ${failure.message}`),
        ].join("\n"),
        hasFailed: failures.length > 0,
      };
    },
});
