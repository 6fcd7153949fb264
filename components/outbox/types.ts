import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Outputs = inferRouterOutputs<AppRouter>["outbox"];

export type OutboxMail = Outputs["list"]["mails"][number];
export type OpenMail = Outputs["get"];
