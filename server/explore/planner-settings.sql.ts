import type { OrgScope } from "@/server/auth/scope";

/** Settings of PostgreSQL by name. */
type Settings = Readonly<Record<string, string>>;

/**
 * For joins of sums that are made on the way: PostgreSQL knows nothing of these, takes them for a few rows, and would compare
 * every row with every other.
 */
export const forJoinedSums: Settings = { work_mem: "64MB", enable_nestloop: "off" };

/**
 * For reading all series of an organization: they lie together, which PostgreSQL does not know. It would read everybody's
 * instead of following the index.
 */
export const forNeighbours: Settings = { random_page_cost: "1.1" };

/** Reads with other settings; afterwards they are what they were, unless reading failed, and the transaction with it. */
export async function withSettings<T>(scope: OrgScope, settings: Settings, read: () => Promise<T>): Promise<T> {
  const before = await change(scope, settings);
  const rows = await read();
  await change(scope, before);
  return rows;
}

/** Until the transaction ends. What they were comes first in the list, so that it is told before it is changed. @returns what they were */
async function change(scope: OrgScope, settings: Settings): Promise<Settings> {
  const rows = await scope.db.$queryRaw<{ name: string; before: string }[]>`
    select name, current_setting(name) as before, set_config(name, value, true)
    from unnest(${Object.keys(settings)}::text[], ${Object.values(settings)}::text[]) s (name, value)`;
  return Object.fromEntries(rows.map(({ name, before }) => [name, before]));
}
