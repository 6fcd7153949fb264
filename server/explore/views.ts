import { mayAlso, type OrgScope } from "@/server/auth/scope";
import type { SavedView } from "@/server/db/generated/client";
import type { ViewChange, ViewEntry, ViewInput } from "@/server/explore/schema";
import { AppError, notFound } from "@/server/lib/errors";

/** More than anybody looks through; what keeps one person from filling the organization's list. */
const MAX_VIEWS = 200;

const personOf = ({ actor }: OrgScope): string | null => (actor.type === "user" ? actor.id : null);

/** One's own views and the shared ones, by name. */
export async function listViews(scope: OrgScope): Promise<ViewEntry[]> {
  const me = personOf(scope);
  const views = await scope.db.savedView.findMany({
    where: { OR: [{ isShared: true }, ...(me ? [{ ownerId: me }] : [])] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return views.map(({ id, name, search, isShared, isPinned, ownerId }) => ({
    id,
    name,
    search,
    isShared,
    isPinned,
    isMine: ownerId === me,
    canChange: mayChange(scope, { ownerId, isShared }),
  }));
}

/** Whoever saved a view may change it; a shared one everybody who may share. */
function mayChange(scope: OrgScope, { ownerId, isShared }: Pick<SavedView, "ownerId" | "isShared">): boolean {
  return isShared ? mayAlso(scope, "views:share") : ownerId === personOf(scope);
}

/**
 * Saves a view under a name. @throws AppError forbidden for sharing without being allowed to, limit for too many views
 */
export async function createView(
  scope: OrgScope,
  { name, search, isShared, isPinned }: ViewInput,
): Promise<{ viewId: string }> {
  const ownerId = personOf(scope);
  if (!ownerId) throw new AppError("forbidden", "role_lacks_permission", { message: "Views belong to people." });
  if (isShared) demandSharing(scope);
  if ((await scope.db.savedView.count({ where: { ownerId } })) >= MAX_VIEWS) {
    throw new AppError("limit", "too_many_views", {
      message: `Nobody needs more than ${MAX_VIEWS} views. Delete some first.`,
    });
  }
  const { id } = await scope.db.savedView.create({
    data: { orgId: scope.org.id, ownerId, name, search, isShared, isPinned },
  });
  if (isShared) scope.audit({ action: "view.share", target: { type: "view", id, name } });
  return { viewId: id };
}

/** Renames, shares, pins a view or gives it another content. @throws AppError not_found, forbidden */
export async function updateView(
  scope: OrgScope,
  { viewId, name, search, isShared, isPinned }: ViewChange,
): Promise<void> {
  const view = await changeable(scope, viewId);
  if (isShared && !view.isShared) demandSharing(scope);
  const next = await scope.db.savedView.update({
    where: { orgId_id: { orgId: scope.org.id, id: viewId } },
    data: { name, search, isShared, isPinned },
  });
  if (!view.isShared && !next.isShared) return;
  const action = view.isShared === next.isShared ? "view.update" : next.isShared ? "view.share" : "view.unshare";
  scope.audit({ action, target: { type: "view", id: viewId, name: next.name }, before: told(view), after: told(next) });
}

/** @throws AppError not_found, forbidden */
export async function deleteView(scope: OrgScope, viewId: string): Promise<void> {
  const view = await changeable(scope, viewId);
  await scope.db.savedView.delete({ where: { orgId_id: { orgId: scope.org.id, id: viewId } } });
  if (view.isShared) {
    scope.audit({ action: "view.unshare", target: { type: "view", id: viewId, name: view.name }, before: told(view) });
  }
}

const told = ({ name, search, isPinned }: SavedView) => ({ name, search, isPinned });

/** Somebody else's own view is as good as not there. */
async function changeable(scope: OrgScope, viewId: string): Promise<SavedView> {
  const view = await scope.db.savedView.findUnique({ where: { orgId_id: { orgId: scope.org.id, id: viewId } } });
  if (!view || (!view.isShared && view.ownerId !== personOf(scope))) throw notFound("view");
  if (!mayChange(scope, view)) demandSharing(scope);
  return view;
}

function demandSharing(scope: OrgScope) {
  if (mayAlso(scope, "views:share")) return;
  throw new AppError("forbidden", "role_lacks_permission", {
    message: "Your role in this organization does not allow sharing views.",
  });
}
