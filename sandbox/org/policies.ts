import type { Organization, ProjectPolicy } from "./types";

export const hostedTools = ["file_search", "web_search", "image_generation", "mcp", "code_interpreter"] as const;

/** A project's policies, open until somebody closes them. */
export function policyOf(org: Organization, projectId: string): ProjectPolicy {
  const known = org.policies.get(projectId);
  if (known) return known;
  const policy: ProjectPolicy = {
    modelPermissions: null,
    hostedTools: Object.fromEntries(hostedTools.map((tool) => [tool, true])),
    dataRetention: "organization_default",
    serviceTier: { default: "standard", enabledTiers: "all" },
  };
  org.policies.set(projectId, policy);
  return policy;
}
