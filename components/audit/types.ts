import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Outputs = inferRouterOutputs<AppRouter>["audit"];

export type AuditEventEntry = Outputs["list"]["events"][number];
export type AuditVerdict = Outputs["verify"];

/** What the list is asked for, without what the page adds: the organization and the place. */
export type AuditQuery = Pick<
  inferRouterInputs<AppRouter>["audit"]["list"],
  "from" | "to" | "action" | "actor" | "target" | "search"
>;
