import { defineCommand } from "@/cli/command";

export const keysRotateMaster = defineCommand({
  name: "keys rotate-master",
  summary: "Make a new master key and wrap every organization's data keys with it, while everything runs",
  define: (command) => command,

  prepare: () => async () => {
    const { rotateMasterKey } = await import("@/server/connections/rotate-master-key");
    const { masterKeyVersion, orgs, dataKeysRewrapped, failures } = await rotateMasterKey();
    return {
      json: { master_key_version: masterKeyVersion, orgs, data_keys_rewrapped: dataKeysRewrapped, failures },
      text: [
        `${dataKeysRewrapped} data keys of ${orgs} organizations were wrapped anew; master key ${masterKeyVersion} is current.`,
        ...failures.map(({ org, message }) => `Not ${org}: ${message}`),
        failures.length === 0
          ? "Older master keys are needed for older backups only."
          : "Keep the older master keys: some data keys still need them.",
      ].join("\n"),
      hasFailed: failures.length > 0,
    };
  },
});
