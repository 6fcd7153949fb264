import type { OrgScope } from "@/server/auth/scope";

/**
 * For reading that joins sums which are made on the way: PostgreSQL knows nothing of these, takes them for a few rows, and
 * would compare every row with every other.
 */
export async function withLargeJoins<T>(scope: OrgScope, read: () => Promise<T>): Promise<T> {
  const [before] = await scope.db.$queryRaw<{ workMem: string }[]>`
    select current_setting('work_mem') as "workMem", set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true)`;
  const rows = await read();
  await scope.db
    .$executeRaw`select set_config('work_mem', ${before?.workMem ?? "4MB"}, true), set_config('enable_nestloop', 'on', true)`;
  return rows;
}
