import type { OrgScope } from "@/server/auth/scope";
import { andCounted } from "@/server/usage/counted.sql";
import { costDimensions } from "@/server/usage/dimensions";
import type { MemberRef } from "@/server/usage/schema";

/** The first and the last UTC day on which a member was billed for; null when it never was. */
export async function spendSpan(
  scope: OrgScope,
  { dimension, key }: MemberRef,
): Promise<{ firstDay: string | null; lastDay: string | null }> {
  const rows = await scope.db.$queryRaw<{ firstDay: string | null; lastDay: string | null }[]>`
    select to_char(min(day), 'YYYY-MM-DD') as "firstDay", to_char(max(day), 'YYYY-MM-DD') as "lastDay"
    from cost_daily
    where org_id = ${scope.org.id}::uuid and dimension = ${costDimensions[dimension]} and key = ${key} and amount <> 0
      ${await andCounted(scope)}`;
  return rows[0] ?? { firstDay: null, lastDay: null };
}
