import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

export type OrgListItem = inferRouterOutputs<AppRouter>["orgs"]["list"][number];
export type OrgDetail = inferRouterOutputs<AppRouter>["orgs"]["get"];
export type OrgPermission = OrgDetail["permissions"][number];
