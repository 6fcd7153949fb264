import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";

export type FoundItem = {
  kind: string;
  id: string;
  parentId: string;
  name: string | null;
  data: Record<string, unknown>;
  removedAt: Date | null;
};

/** What names an item on the screens, without the rest of what the provider says about it. */
export type FoundLabel = {
  kind: string;
  id: string;
  name: string | null;
  /** An e-mail or the shortened value of a key. */
  detail: string | null;
  status: string | null;
  removedAt: Date | null;
};

/**
 * What the provider lists itself before what stands in imported files, whatever their age; of files nobody has committed
 * nothing.
 */
const listed = Prisma.sql`directory_items d join connections c on c.org_id = d.org_id and c.id = d.connection_id and c.kind <> 'draft'`;
const bestFirst = Prisma.sql`d.id, (c.kind = 'provider' and d.name is not null) desc, (d.name is not null) desc, (d.removed_at is null) desc, d.changed_at desc`;

/** A thousand ids by way of a subquery: the planner would weigh each against the statistics, longer than it takes to find them. */
const idIsOneOf = (ids: readonly string[]) => Prisma.sql`d.id = any(array(select unnest(${[...ids]}::text[])))`;

/** A plan for any number of ids takes them for so many, and is slower for a thousand. */
const FEW_IDS = 100;

/** Names of directory items, chosen as findItems does; a list may ask for a thousand. */
export async function findLabels(
  scope: OrgScope,
  kinds: readonly string[],
  ids: readonly string[],
): Promise<Map<string, FoundLabel>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<FoundLabel[]>`
    select ${Prisma.raw(ids.length > FEW_IDS ? PLANNED_ANEW : "")} distinct on (d.id) d.kind, d.id, d.name, coalesce(d.data ->> 'redacted_value', d.data ->> 'email') as detail,
      d.data ->> 'status' as status, d.removed_at as "removedAt"
    from ${listed}
    where d.org_id = ${scope.org.id}::uuid and d.kind = any(${[...kinds]}::text[]) and ${idIsOneOf(ids)}
    order by ${bestFirst}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Directory items by id, living or removed; of several with one id the provider's, the living, then the newest. */
export async function findItems(
  scope: OrgScope,
  kinds: readonly string[],
  ids: readonly string[],
): Promise<Map<string, FoundItem>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.db.$queryRaw<FoundItem[]>`
    select distinct on (d.id) d.kind, d.id, d.parent_id as "parentId", d.name, d.data, d.removed_at as "removedAt"
    from ${listed}
    where d.org_id = ${scope.org.id}::uuid and d.kind = any(${[...kinds]}::text[]) and ${idIsOneOf(ids)}
    order by ${bestFirst}`;
  return new Map(rows.map((row) => [row.id, row]));
}
