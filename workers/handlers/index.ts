import { authTidy } from "@/workers/handlers/auth-tidy";
import { domainRecheck } from "@/workers/handlers/domain-recheck";
import { exportRun } from "@/workers/handlers/export-run";
import { exportSweep } from "@/workers/handlers/export-sweep";
import { importsTidy } from "@/workers/handlers/imports-tidy";
import { mailDeliver } from "@/workers/handlers/mail-deliver";
import { mailSweep } from "@/workers/handlers/mail-sweep";
import { orgPurge } from "@/workers/handlers/org-purge";
import { connectionErase } from "@/workers/handlers/connection-erase";
import { packsBuild } from "@/workers/handlers/packs-build";
import { packsSweep } from "@/workers/handlers/packs-sweep";
import { syncPrune } from "@/workers/handlers/sync-prune";
import { syncRun } from "@/workers/handlers/sync-run";
import { syncSweep } from "@/workers/handlers/sync-sweep";
import type { Handlers } from "@/workers/runtime";

/** Complete by type: a job of the catalogue without a handler does not compile. */
export const handlers: Handlers = {
  "sync.run": syncRun,
  "sync.sweep": syncSweep,
  "org.purge": orgPurge,
  "domain.recheck": domainRecheck,
  "imports.tidy": importsTidy,
  "mail.deliver": mailDeliver,
  "mail.sweep": mailSweep,
  "export.run": exportRun,
  "export.sweep": exportSweep,
  "auth.tidy": authTidy,
  "sync.prune": syncPrune,
  "connection.erase": connectionErase,
  "packs.build": packsBuild,
  "packs.sweep": packsSweep,
};
