import { z } from "zod";
import { listAuditEvents } from "@/server/audit/list-events";
import { AuditFilter } from "@/server/audit/schema";
import { listConnections } from "@/server/connections/find-connection";
import { listProjects } from "@/server/directory/list-projects.sql";
import { projectsToJson } from "@/server/directory/projects-json";
import { ExportInput } from "@/server/exports/schema";
import { exportToResponse } from "@/server/exports/to-response";
import { listMembers } from "@/server/members/list-members";
import { analysisRoutes } from "@/server/rest/analysis-routes";
import { defineRoute, listParameter, type RestRoute } from "@/server/rest/route";
import { StartSyncInput } from "@/server/sync/schema";
import { startRun } from "@/server/sync/start-run";
import { reportCosts, reportUsage } from "@/server/usage/facts-report";
import { costGroups, usageGroups } from "@/server/usage/facts-report-groups";
import { usageEndpoints } from "@/server/usage/measures";
import { reportToJson } from "@/server/usage/report-json";
import { DayRange } from "@/server/usage/schema";

/** A year by every dimension takes longer than a page may. */
const REPORT_TIMEOUT_MS = 60_000;

/** Every route there is; the guard tests walk this list. Names in answers are a promise: never rename, only add. */
export const restRoutes: readonly RestRoute[] = [
  defineRoute({
    method: "GET",
    path: "/costs",
    scope: "usage:read",
    parameters: DayRange.and(z.object({ group_by: listParameter(costGroups) })),
    handle: async ({ access, parameters: { group_by: groupBy, ...range } }) => {
      const input = { range, groupBy };
      return reportToJson(await access.inScope((scope) => reportCosts(scope, input), { timeoutMs: REPORT_TIMEOUT_MS }));
    },
  }),

  defineRoute({
    method: "GET",
    path: "/usage/{endpoint}",
    scope: "usage:read",
    parameters: DayRange.and(z.object({ endpoint: z.enum(usageEndpoints), group_by: listParameter(usageGroups) })),
    handle: async ({ access, parameters: { endpoint, group_by: groupBy, ...range } }) => {
      const input = { endpoint, range, groupBy };
      return reportToJson(await access.inScope((scope) => reportUsage(scope, input), { timeoutMs: REPORT_TIMEOUT_MS }));
    },
  }),

  ...analysisRoutes,

  defineRoute({
    method: "GET",
    path: "/exports",
    scope: "usage:read",
    parameters: ExportInput,
    handle: ({ access, parameters, request }) => exportToResponse(access, parameters, request),
  }),

  defineRoute({
    method: "GET",
    path: "/projects",
    scope: "usage:read",
    parameters: z.object({}),
    handle: async ({ access }) => projectsToJson(await access.inScope(listProjects)),
  }),

  defineRoute({
    method: "GET",
    path: "/connections",
    scope: "connections:read",
    parameters: z.object({}),
    handle: async ({ access }) => {
      const connections = await access.inScope(listConnections);
      return {
        rows: connections.map((connection) => ({
          id: connection.id,
          name: connection.name,
          status: connection.status,
          status_reason: connection.statusReason,
          openai_org_id: connection.openaiOrgId,
          openai_org_name: connection.openaiOrgName,
          is_sample: connection.isSample,
          last_synced_at: connection.lastSyncedAt,
        })),
      };
    },
  }),

  defineRoute({
    method: "POST",
    path: "/connections/{connectionId}/sync",
    scope: "sync:run",
    parameters: StartSyncInput,
    handle: async ({ access, parameters }) => {
      const run = await access.inScope((scope) => startRun(scope, { ...parameters, trigger: "user" }));
      return { run_id: run.runId, is_new: run.isNew };
    },
  }),

  defineRoute({
    method: "GET",
    path: "/members",
    scope: "members:read",
    parameters: z.object({}),
    handle: async ({ access }) => {
      const members = await access.inScope(listMembers);
      return {
        rows: members.map(({ userId, name, email, role, since }) => ({ id: userId, name, email, role, since })),
      };
    },
  }),

  defineRoute({
    method: "GET",
    path: "/audit-events",
    scope: "audit:read",
    parameters: AuditFilter,
    handle: async ({ access, parameters }) => {
      const { events, nextCursor } = await access.inScope((scope) => listAuditEvents(scope, parameters));
      return { rows: events, next_cursor: nextCursor };
    },
  }),
];
