import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import type { DirectoryKind } from "@/server/directory/lists";

export type RelatedItem = {
  kind: DirectoryKind;
  id: string;
  parentId: string;
  name: string | null;
  data: Record<string, unknown>;
  /** How many of its kind there are in all. */
  ofKind: number;
};

/** Of a kind, by name: as many as a page can show. */
export const MOST_RELATED = 500;

/** What hangs on one of the parents and is still there; '' is the OpenAI organization itself. */
export const itemsUnder = (scope: OrgScope, kinds: readonly DirectoryKind[], parentIds: readonly string[]) =>
  related(scope, kinds, Prisma.sql`d.parent_id = any(${[...parentIds]}::text[])`);

/** The same thing under each of its parents: the projects that somebody is a member of. */
export const itemsNamed = (scope: OrgScope, kinds: readonly DirectoryKind[], id: string) =>
  related(scope, kinds, Prisma.sql`d.id = ${id}`);

/** Keys of a person or service account. */
export const keysOwnedBy = (scope: OrgScope, ownerId: string) =>
  related(
    scope,
    ["api_key"],
    Prisma.sql`${ownerId} in (d.data -> 'owner' -> 'user' ->> 'id', d.data -> 'owner' -> 'service_account' ->> 'id')`,
  );

/** Rate limits of a model, by project. */
export const limitsOfModel = (scope: OrgScope, model: string) =>
  related(scope, ["rate_limit"], Prisma.sql`d.name = ${model}`);

const related = (scope: OrgScope, kinds: readonly DirectoryKind[], condition: Prisma.Sql) =>
  scope.db.$queryRaw<RelatedItem[]>`
    select kind, id, "parentId", name, data, "ofKind" from (
      select d.kind, d.id, d.parent_id as "parentId", d.name, d.data, count(*) over (partition by d.kind)::int as "ofKind",
        row_number() over (partition by d.kind order by lower(d.name), d.id) as place
      from directory_items d
      join connections c on c.org_id = d.org_id and c.id = d.connection_id and c.kind <> 'draft' and c.erase_requested_at is null
      where d.org_id = ${scope.org.id}::uuid and d.kind = any(${[...kinds]}::text[]) and d.removed_at is null and ${condition}
    ) items where place <= ${MOST_RELATED} order by lower(name), id`;
