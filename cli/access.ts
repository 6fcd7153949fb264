import type { OrgAccess } from "@/server/auth/scope";

/** The operator's way into an org. @throws AppError not_found */
export async function openOrg(slug: string): Promise<OrgAccess> {
  const { accessAsSystem } = await import("@/server/auth/scope");
  return accessAsSystem({ slug }, { type: "operator" });
}
