import type { Role } from "@/server/db/generated/enums";

const reader = ["org:read", "usage:read", "connections:read", "members:read", "members:leave", "views:write"] as const;

const admin = [
  ...reader,
  "org:write",
  "connections:write",
  "sync:run",
  "views:share",
  "imports:write",
  "anomalies:write",
  "exports:write",
  "allocation:write",
  "members:write",
  "tokens:read",
  "tokens:write",
  "audit:read",
  "security:read",
] as const;

/** Sign-in rules, who owns the org, and its end are the owners' alone. */
const owner = [...admin, "security:write", "owners:write", "org:delete"] as const;

/** Everything a member can be allowed to do, by role. The one table that procedures, routes, screens and commands read. */
export const rolePermissions = { owner, admin, reader } as const satisfies Record<Role, readonly string[]>;

export type Permission = (typeof rolePermissions)[Role][number];

export const permissionsOf = (role: Role): readonly Permission[] => rolePermissions[role];

export const can = (role: Role, permission: Permission) => permissionsOf(role).includes(permission);
