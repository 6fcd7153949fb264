import type { CliCommand } from "@/cli/command";
import { anomalies } from "@/cli/commands/anomalies";
import { auditExport } from "@/cli/commands/audit-export";
import { auditVerify } from "@/cli/commands/audit-verify";
import { connectionAdd } from "@/cli/commands/connection-add";
import { connections } from "@/cli/commands/connections";
import { costs } from "@/cli/commands/costs";
import { importFiles } from "@/cli/commands/import";
import { importsList, importsUndo } from "@/cli/commands/imports";
import { chargeback } from "@/cli/commands/chargeback";
import { exploreCommand } from "@/cli/commands/explore";
import { exportCommand } from "@/cli/commands/export";
import { forecast } from "@/cli/commands/forecast";
import { exportsList, exportsRun, exportsSchedules } from "@/cli/commands/exports";
import { exportsDelete, exportsPause, exportsResume, exportsSchedule } from "@/cli/commands/exports-schedule";
import { invite } from "@/cli/commands/invite";
import { keysRotateData } from "@/cli/commands/keys-rotate-data";
import { keysRotateMaster } from "@/cli/commands/keys-rotate-master";
import { members } from "@/cli/commands/members";
import { orgCreate } from "@/cli/commands/org-create";
import { projects } from "@/cli/commands/projects";
import { reconcile } from "@/cli/commands/reconcile";
import { rollupsRebuild } from "@/cli/commands/rollups-rebuild";
import { sessionsRevoke } from "@/cli/commands/sessions-revoke";
import { sync } from "@/cli/commands/sync";
import { twoFactorReset } from "@/cli/commands/two-factor-reset";
import { tokenCreate } from "@/cli/commands/token-create";
import { tokenList } from "@/cli/commands/token-list";
import { tokenRevoke } from "@/cli/commands/token-revoke";
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
  tokenCreate,
  tokenList,
  tokenRevoke,
  auditExport,
  auditVerify,
  connectionAdd,
  connections,
  projects,
  sync,
  costs,
  usage,
  importFiles,
  importsList,
  importsUndo,
  exploreCommand,
  forecast,
  anomalies,
  exportCommand,
  exportsList,
  exportsSchedules,
  exportsSchedule,
  exportsRun,
  exportsPause,
  exportsResume,
  exportsDelete,
  reconcile,
  chargeback,
  keysRotateMaster,
  keysRotateData,
  rollupsRebuild,
];

export const commandGroups: Record<string, string> = {
  user: "People's accounts",
  sessions: "Where people are signed in",
  "two-factor": "Codes of authenticator apps",
  org: "Organizations of Tollkeeper",
  token: "Tokens for programs",
  audit: "The record of every change and sign-in",
  connection: "Connections to OpenAI organizations",
  imports: "What was imported from files",
  exports: "What was exported, and what is exported by itself",
  keys: "Encryption keys of the installation",
  rollups: "Sums that screens read",
};
