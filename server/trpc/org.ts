import "server-only";
import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { PATH_HEADER } from "@/components/lib/request-path";
import type { Permission } from "@/server/auth/permissions";
import { AppError } from "@/server/lib/errors";
import { caller } from "@/server/trpc/rsc";

/** What the frame around an organization's pages asks for. Strangers get a 404, as if there were none. */
export const getFrame = (slug: string) => orNotFound(caller.orgs.frame({ org: slug }));

/** What a page of an organization asks first. Strangers get a 404, as if it did not exist. */
export const getOrg = cache((slug: string) => orNotFound(caller.orgs.get({ org: slug })));

/**
 * The not-found page for a role that may not see a page. Asked by the page's layout, above its loading state, so that the
 * status is 404; and by the page, which is drawn at the same time and need not fetch what is refused.
 */
export async function requirePermission(slug: string, permission: Permission): Promise<void> {
  const { permissions } = await getOrg(slug);
  if (!permissions.includes(permission)) notFound();
}

/** The answer, or the not-found page for what is not there, belongs to others or cannot exist; a demand leads to what meets it. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    if (reasonOf(error) === "two_factor_required") redirect(await twoFactorPage());
    if (reasonOf(error) === "sso_required") redirect(await ssoPage());
    throw error;
  }
}

/** Whether all that keeps a member out of an organization is how the session began. */
export const isOpenOnlyBySso = (slug: string): Promise<boolean> =>
  caller.orgs.get({ org: slug }).then(
    () => false,
    (error: unknown) => reasonOf(error) === "sso_required",
  );

const reasonOf = (error: unknown) =>
  error instanceof TRPCError && error.cause instanceof AppError ? error.cause.reason : null;

const askedFor = async () => safeCallbackPath((await headers()).get(PATH_HEADER));

/** Where a second factor is set up, or proven; it leads back to the page that was asked for. */
const twoFactorPage = async () => withCallback("/account/security/two-factor", await askedFor());

/** Where the organization's identity provider is gone to; it leads back as well. Pages of an organization begin with its slug. */
async function ssoPage() {
  const path = await askedFor();
  return withCallback(`/orgs/${path.split("/")[1] ?? ""}/sign-in`, path);
}
