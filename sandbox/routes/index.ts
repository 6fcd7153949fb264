import type { Route } from "../http/router";
import { adminKeyRoutes } from "./admin-keys";
import { apiKeyRoutes } from "./api-keys";
import { auditLogRoutes } from "./audit-logs";
import { certificateRoutes } from "./certificates";
import { costRoutes } from "./costs";
import { groupRoutes } from "./groups";
import { inviteRoutes } from "./invites";
import { policyRoutes } from "./policies";
import { projectGroupRoutes } from "./project-groups";
import { projectUserRoutes } from "./project-users";
import { projectRoutes } from "./projects";
import { rateLimitRoutes } from "./rate-limits";
import { roleAssignmentRoutes } from "./role-assignments";
import { roleRoutes } from "./roles";
import { serviceAccountRoutes } from "./service-accounts";
import { spendRoutes } from "./spend";
import { usageRoutes } from "./usage";
import { userRoutes } from "./users";

/** Every operation of the admin API that the sandbox answers, relative to /v1. */
export const routes: Route[] = [
  ...costRoutes,
  ...usageRoutes,
  ...projectRoutes,
  ...projectUserRoutes,
  ...serviceAccountRoutes,
  ...apiKeyRoutes,
  ...rateLimitRoutes,
  ...projectGroupRoutes,
  ...policyRoutes,
  ...spendRoutes,
  ...userRoutes,
  ...inviteRoutes,
  ...adminKeyRoutes,
  ...groupRoutes,
  ...roleRoutes,
  ...roleAssignmentRoutes,
  ...auditLogRoutes,
  ...certificateRoutes,
];
