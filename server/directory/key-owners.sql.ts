import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";

export type KeyOwner = { keyId: string; ownerId: string; projectId: string; isServiceAccount: boolean };

export type KeysWanted = { keyId: string } | { ownerIds: readonly string[] } | { serviceAccounts: true };

const ownerId = Prisma.sql`coalesce(d.data #>> '{owner,user,id}', d.data #>> '{owner,service_account,id}')`;

/** Keys with their owners as the directory knows them, living or removed; keys whose owner it does not tell are left out. */
export function findKeyOwners(scope: OrgScope, wanted: KeysWanted): Promise<KeyOwner[]> {
  return scope.db.$queryRaw<KeyOwner[]>`
    select distinct on (d.id) d.id as "keyId", ${ownerId} as "ownerId", d.parent_id as "projectId",
      d.data #>> '{owner,service_account,id}' is not null as "isServiceAccount"
    from directory_items d join connections c on c.org_id = d.org_id and c.id = d.connection_id and c.kind <> 'draft'
    where d.org_id = ${scope.org.id}::uuid and d.kind = 'api_key' and ${ownerId} is not null and ${condition(wanted)}
    order by d.id, (c.kind = 'provider') desc, (d.removed_at is null) desc, d.changed_at desc`;
}

function condition(wanted: KeysWanted): Prisma.Sql {
  if ("keyId" in wanted) return Prisma.sql`d.id = ${wanted.keyId}`;
  if ("ownerIds" in wanted) return Prisma.sql`${ownerId} = any(${[...wanted.ownerIds]}::text[])`;
  return Prisma.sql`d.data #>> '{owner,service_account,id}' is not null`;
}
