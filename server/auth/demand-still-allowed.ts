import type { Permission } from "@/server/auth/permissions";
import { accessAsMember, type Caller } from "@/server/auth/scope";
import { findSessionUser } from "@/server/auth/sessions";
import { AppError } from "@/server/lib/errors";

/**
 * For answers that go on for as long as a page is open: whether the session still counts and its person is still a
 * member who may. @throws AppError unauthenticated, not_found, forbidden
 */
export async function demandStillAllowed(caller: Caller, slug: string, permission: Permission): Promise<void> {
  const user = await findSessionUser(caller.user.session.id);
  if (!user) throw new AppError("unauthenticated", "signed_out", { message: "Please sign in." });
  await accessAsMember({ ...caller, user }, slug, permission);
}
