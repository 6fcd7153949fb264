import type { Role } from "@/server/db/generated/enums";

/** Everything a member can be allowed to do, by role. The one table that procedures, screens and commands read. */
export const rolePermissions = {
  owner: [
    "org:read",
    "org:write",
    "usage:read",
    "connections:read",
    "connections:write",
    "sync:run",
    "members:read",
    "audit:read",
  ],
  admin: ["org:read", "usage:read", "connections:read", "connections:write", "sync:run", "members:read", "audit:read"],
  reader: ["org:read", "usage:read", "connections:read", "members:read"],
} as const satisfies Record<Role, readonly string[]>;

export type Permission = (typeof rolePermissions)[Role][number];

export const permissionsOf = (role: Role): readonly Permission[] => rolePermissions[role];

export const can = (role: Role, permission: Permission) => permissionsOf(role).includes(permission);
