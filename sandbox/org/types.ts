import type { Restatement } from "../generate/restatements";
import type { Series } from "../generate/series";

export interface Project {
  id: string;
  name: string;
  createdAt: number;
  archivedAt: number | null;
  isDefault: boolean;
  residency: string;
  externalKeyId: string | null;
}

export interface User {
  id: string;
  name: string | null;
  email: string;
  role: "owner" | "reader";
  addedAt: number;
  isScimManaged: boolean;
  technicalLevel: string | null;
  developerPersona: string | null;
}

export interface ProjectMember {
  userId: string;
  role: "owner" | "member";
  addedAt: number;
}

export interface ServiceAccount {
  id: string;
  projectId: string;
  name: string;
  role: "owner" | "member" | "none";
  createdAt: number;
}

export interface ApiKey {
  id: string;
  projectId: string;
  name: string;
  redactedValue: string;
  createdAt: number;
  expiresAt: number | null;
  owner: { type: "user" | "service_account"; id: string };
  ownerProjectAccess: "active" | "inactive";
  scopes: string[];
}

export type Scope = "api.usage.read" | "api.management.read" | "api.management.write";

export interface AdminKey {
  id: string;
  name: string;
  value: string;
  kind: "admin" | "project";
  scopes: Scope[];
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  ownerUserId: string | null;
  isRevoked: boolean;
}

export interface Invite {
  id: string;
  email: string;
  role: "owner" | "reader";
  createdAt: number;
  expiresAt: number;
  acceptedAt: number | null;
  projects: { id: string; role: "owner" | "member" }[];
}

export interface Group {
  id: string;
  name: string;
  createdAt: number;
  isScimManaged: boolean;
  userIds: string[];
}

export interface Role {
  id: string;
  name: string;
  description: string | null;
  permissions: string[];
  resourceType: "api.organization" | "api.project";
  isPredefined: boolean;
  createdAt: number;
}

export interface RoleAssignment {
  principal: { type: "user" | "group"; id: string };
  /** Null for a role in the whole organization. */
  projectId: string | null;
  roleId: string;
  createdAt: number;
  createdBy: string | null;
}

export interface RateLimit {
  id: string;
  model: string;
  /** Only the fields that apply to the model, under the API's own names. */
  limits: Record<string, number>;
}

export interface SpendAlert {
  id: string;
  thresholdAmount: number;
  recipients: string[];
  subjectPrefix: string | null;
}

export interface ProjectPolicy {
  modelPermissions: { mode: "allow_list" | "deny_list"; modelIds: string[] } | null;
  hostedTools: Record<string, boolean>;
  dataRetention: string;
  serviceTier: { default: string; enabledTiers: "all" | string[] };
}

export interface AuditEvent {
  id: string;
  type: string;
  effectiveAt: number;
  project: { id: string; name: string } | null;
  actorUserId: string | null;
  actorKeyId: string | null;
  resourceId: string | null;
  details: Record<string, unknown>;
}

/** Everything one organization is made of. Lists are in creation order; writes change it in place. */
export interface Organization {
  slug: "acme" | "beacon" | "empty";
  id: string;
  name: string;
  seed: number;
  /** First day with activity, as days since the epoch. */
  foundedDay: number;
  firstDay: number;
  projects: Project[];
  users: User[];
  projectMembers: Map<string, ProjectMember[]>;
  serviceAccounts: ServiceAccount[];
  apiKeys: ApiKey[];
  adminKeys: AdminKey[];
  invites: Invite[];
  groups: Group[];
  projectGroups: { projectId: string; groupId: string; createdAt: number }[];
  organizationRoles: Role[];
  projectRoles: Map<string, Role[]>;
  roleAssignments: RoleAssignment[];
  rateLimits: Map<string, RateLimit[]>;
  /** Keyed by project id, or "organization". */
  spendLimits: Map<string, number>;
  spendAlerts: Map<string, SpendAlert[]>;
  policies: Map<string, ProjectPolicy>;
  dataRetention: string;
  auditEvents: AuditEvent[];
  series: Series[];
  /** API key id -> Unix seconds after which the key makes no more calls. */
  stoppedKeys: Map<string, number>;
  restatements: Restatement[];
  /** Moves whenever something that figures depend on changes, so that caches know. */
  revision: number;
}
