import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import type { ItemKind } from "@/server/directory/schema";

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

/** What the provider calls the items of a kind. */
const kindsOf: Record<ItemKind, string[]> = {
  project: ["project"],
  user: ["user", "service_account", "project_user"],
  api_key: ["api_key"],
};

/** By id: what the provider says, and the organization's own names; nothing for ids that have none. */
export type Labels = { items: Map<string, FoundLabel>; aliases: Map<string, string> };

/** Of the organization's own name there is no kind. */
type LabelRow = Omit<FoundLabel, "kind"> & { asked: ItemKind; kind: string | null };

/**
 * Names of items of several kinds: the provider's, chosen as findItems does, and the organization's own. A list may ask
 * for a thousand.
 */
export async function findLabels(
  scope: OrgScope,
  wanted: ReadonlyMap<ItemKind, readonly string[]>,
): Promise<Map<ItemKind, Labels>> {
  const asked = [...wanted].filter(([, ids]) => ids.length > 0);
  const found = Map.groupBy(asked.length === 0 ? [] : await readLabels(scope, asked), (row) => row.asked);
  return new Map([...found].map(([kind, rows]) => [kind, toLabels(rows)]));
}

function toLabels(rows: readonly LabelRow[]): Labels {
  const labels: Labels = { items: new Map(), aliases: new Map() };
  for (const { kind, ...row } of rows) {
    if (kind !== null) labels.items.set(row.id, { ...row, kind });
    else if (row.name !== null) labels.aliases.set(row.id, row.name);
  }
  return labels;
}

function readLabels(scope: OrgScope, asked: readonly [ItemKind, readonly string[]][]): Promise<LabelRow[]> {
  const planning = asked.some(([, ids]) => ids.length > FEW_IDS) ? PLANNED_ANEW : "";
  // A list of ids is sent once, and looked up twice.
  const ids = asked.map(([kind, own]) => Prisma.sql`${[...own]}::text[] as ${Prisma.raw(kind)}_ids`);
  const labels = asked.map(([kind]) => {
    const isAsked = Prisma.raw(`any((select ${kind}_ids from asked)::text[])`);
    return Prisma.sql`
      (select distinct on (d.id) ${kind}::text as asked, d.kind, d.id, d.name,
        coalesce(d.data ->> 'redacted_value', d.data ->> 'email') as detail, d.data ->> 'status' as status,
        d.removed_at as "removedAt"
      from ${listed}
      where d.org_id = ${scope.org.id}::uuid and d.kind = any(${kindsOf[kind]}::text[]) and d.id = ${isAsked}
      order by ${bestFirst})
      union all
      select kind, null, item_id, name, null, null, null from directory_aliases
      where org_id = ${scope.org.id}::uuid and kind = ${kind} and item_id = ${isAsked}`;
  });
  return scope.db.$queryRaw<LabelRow[]>`
    with ${Prisma.raw(planning)} asked as materialized (select ${Prisma.join(ids)})
    ${Prisma.join(labels, " union all ")}`;
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
