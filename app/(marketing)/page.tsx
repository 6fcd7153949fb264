import { redirect } from "next/navigation";
import { Landing } from "@/components/brand/landing";
import { currentUser } from "@/server/auth/session";
import { caller } from "@/server/trpc/rsc";

/** The start page: a few words for strangers; for members, straight to their organization. */
export default async function StartPage() {
  if (!(await currentUser())) return <Landing />;
  const orgs = await caller.orgs.list();
  const [only] = orgs;
  if (!only) redirect("/welcome");
  redirect(orgs.length === 1 ? `/${only.slug}/overview` : "/orgs");
}
