import type { CliCommand } from "@/cli/command";
import { connectionAdd } from "@/cli/commands/connection-add";
import { connections } from "@/cli/commands/connections";
import { costs } from "@/cli/commands/costs";
import { invite } from "@/cli/commands/invite";
import { keysRotateData } from "@/cli/commands/keys-rotate-data";
import { keysRotateMaster } from "@/cli/commands/keys-rotate-master";
import { members } from "@/cli/commands/members";
import { orgCreate } from "@/cli/commands/org-create";
import { projects } from "@/cli/commands/projects";
import { rollupsRebuild } from "@/cli/commands/rollups-rebuild";
import { sessionsRevoke } from "@/cli/commands/sessions-revoke";
import { sync } from "@/cli/commands/sync";
import { twoFactorReset } from "@/cli/commands/two-factor-reset";
import { usage } from "@/cli/commands/usage";
import { userCreate } from "@/cli/commands/user-create";

/** All commands, in the order of the help. */
export const commands: readonly CliCommand[] = [
  userCreate,
  sessionsRevoke,
  twoFactorReset,
  orgCreate,
  invite,
  members,
  connectionAdd,
  connections,
  projects,
  sync,
  costs,
  usage,
  keysRotateMaster,
  keysRotateData,
  rollupsRebuild,
];

export const commandGroups: Record<string, string> = {
  user: "People's accounts",
  sessions: "Where people are signed in",
  "two-factor": "Codes of authenticator apps",
  org: "Organizations of Tollkeeper",
  connection: "Connections to OpenAI organizations",
  keys: "Encryption keys of the installation",
  rollups: "Sums that screens read",
};
