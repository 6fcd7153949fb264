import type { OrgAccess } from "@/server/auth/scope";
import { membershipsOfRequest } from "@/server/auth/membership-lookup";
import { findSessionUser, startSession } from "@/server/auth/sessions";
import { noClient } from "@/server/lib/client-info";
import { createCaller } from "@/server/trpc/root";
import type { BreakdownDimension, DayRange } from "@/server/usage/schema";

/** The pages of figures; null is the overview. */
export const pages = {
  Overview: null,
  Projects: "project",
  People: "user",
  Keys: "api_key",
  Models: "model",
} as const satisfies Record<string, BreakdownDimension | null>;

export type Page = keyof typeof pages;

/** What the server asks the database whenever it sends a page of the org: who is it, and what the frame shows. */
export async function openFrame(sessionId: string, org: string) {
  const user = await findSessionUser(sessionId);
  const caller = createCaller({ user, requestId: "bench", client: noClient, memberships: membershipsOfRequest() });
  await caller.orgs.frame({ org });
  await caller.orgs.list();
  return caller;
}

type Caller = Awaited<ReturnType<typeof openFrame>>;

/** What it asks for the page's figures, in one transaction bound to the org. */
export function openFigures(caller: Caller, page: Page, { org, range }: { org: string; range: DayRange }) {
  const dimension = pages[page];
  return dimension ? caller.usage.breakdown({ org, dimension, range }) : caller.usage.overview({ org, range });
}

/** A session of the org's owner. */
export async function signIn(access: OrgAccess): Promise<string> {
  const { user } = await access.inScope((scope) =>
    scope.db.membership.findFirstOrThrow({ select: { user: { select: { id: true, email: true } } } }),
  );
  return startSession({ account: user, proof: { method: "password", twoFactor: false }, client: noClient });
}
