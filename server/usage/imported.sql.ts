import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";

/**
 * What imported files know and count for, as rows (openai_org_id, stream, coverage, id, created_at): one per OpenAI
 * organization and list. `id` and `created_at` are those of the first file.
 */
export const importedCoverage = (scope: OrgScope) => Prisma.sql`
  select c.openai_org_id, s.name as stream, range_agg(r) as coverage,
    (array_agg(c.id order by c.created_at, c.id))[1] as id, min(c.created_at) as created_at
  from connections c
  join streams s on s.org_id = c.org_id and s.connection_id = c.id
  cross join unnest(s.coverage) r
  where c.org_id = ${scope.org.id}::uuid and c.kind = 'import'
  group by 1, 2`;
