import { defineCommand } from "@/cli/command";

export const keysRotateMaster = defineCommand({
  name: "keys rotate-master",
  summary: "Wrap every organization's data keys with the newest master key (the last of MASTER_KEYS)",
  define: (command) => command,

  prepare: () => async () => {
    const { rotateMasterKey } = await import("@/server/connections/rotate-master-key");
    const { masterKeyVersion, orgs, dataKeysRewrapped, failures } = await rotateMasterKey();
    return {
      json: { master_key_version: masterKeyVersion, orgs, data_keys_rewrapped: dataKeysRewrapped, failures },
      text: [
        `${dataKeysRewrapped} data keys of ${orgs} organizations were wrapped anew; master key ${masterKeyVersion} is current.`,
        ...failures.map(({ org, message }) => `Not ${org}: ${message}`),
        failures.length === 0 ? "Older master keys can be removed from MASTER_KEYS." : "Keep the older master keys.",
      ].join("\n"),
      hasFailed: failures.length > 0,
    };
  },
});
