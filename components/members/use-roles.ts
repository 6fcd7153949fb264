"use client";

import { useCan } from "@/components/orgs/org-context";
import type { Role } from "@/server/members/schema";

/** The roles that one may give, and of whose holders one may take them. */
export function useRoles(): readonly Role[] {
  const canWrite = useCan("members:write");
  const canMakeOwners = useCan("owners:write");
  if (!canWrite) return [];
  return canMakeOwners ? ["reader", "admin", "owner"] : ["reader", "admin"];
}
