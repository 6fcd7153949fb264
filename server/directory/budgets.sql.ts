import { Prisma } from "@/server/db/generated/client";

export type Budget = { projectId: string; amount: string };

/** What projects may cost in a calendar month, in US dollars, as the newest of the committed imports says that names each. */
export const budgetsOfProjects = (orgId: string, projectIds: readonly string[]) => Prisma.sql`
  select "projectId", amount from (
    select distinct on (d.parent_id) d.parent_id as "projectId", d.data ->> 'amount' as amount
    from directory_items d
    join import_files f on f.org_id = d.org_id and f.id = d.connection_id
    join imports i on i.org_id = f.org_id and i.id = f.import_id and i.state = 'committed'
    where d.org_id = ${orgId}::uuid and d.kind = 'budget' and d.parent_id = any(${[...projectIds]}::text[])
    order by d.parent_id, i.committed_at desc, f.position desc
  ) newest where amount is not null`;
