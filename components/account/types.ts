import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Outputs = inferRouterOutputs<AppRouter>["account"];

export type AccountOverview = Outputs["get"];
export type SessionEntry = Outputs["sessions"][number];
export type AccountEventEntry = Outputs["events"][number];
export type TwoFactorSetUp = Outputs["twoFactor"]["begin"];
export type IdentityEntry = Outputs["identities"]["list"]["linked"][number];
export type LinkOffer = NonNullable<Outputs["identities"]["offer"]>;
