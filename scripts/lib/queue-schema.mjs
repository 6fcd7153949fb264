import { runMigrations } from "bullmq";
import { withClient } from "./connect.mjs";
import { appRole } from "./app-role.mjs";

const schema = "bullmq";

/** As in server/jobs/catalog.ts, which a test compares. */
export const queueNames = ["exports", "maintenance", "notify", "packs", "sync"];

/**
 * Creates or updates the tables and functions of BullMQ's PostgreSQL backend and lets the application's role use them.
 * BullMQ checks the schema's version when it connects, but changes it only here.
 * @param {string} url of the database, as its owner
 */
export async function prepareQueueSchema(url) {
  await withClient(url, async (client) => {
    await runMigrations(client, schema);
    await client.query(sequences, [queueNames]);
    await client.query(grants);
  });
}

const tableRights = "select, insert, update, delete";
const sequenceRights = "usage, select, update";

/**
 * BullMQ makes a sequence for the job ids of each queue when the queue's first id is asked for. Here, as the owner: so the
 * application's role need not create anything. Done once, it only reads from then on.
 */
const sequences = `
  select ${schema}.next_job_id(queue) from unnest($1::text[]) as queue
  where to_regclass(format('${schema}.%I', ${schema}.job_id_seq_name(queue))) is null
`;

/**
 * What exists, and what a later version of BullMQ adds. Sequences that the application's role made itself, when it still
 * could, belong to it, so the owner can and need not grant them.
 */
const grants = `
  revoke create on schema ${schema} from ${appRole};
  grant usage on schema ${schema} to ${appRole};
  grant execute on all functions in schema ${schema} to ${appRole};
  do $$
  declare relation record;
  begin
    for relation in
      select oid::regclass as name,
             case relkind when 'S' then '${sequenceRights} on sequence' else '${tableRights} on table' end as rights
      from pg_class
      where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'p', 'v', 'S') and relowner = current_user::regrole
    loop
      execute format('grant %s %s to ${appRole}', relation.rights, relation.name);
    end loop;
  end $$;
  alter default privileges in schema ${schema} grant ${tableRights} on tables to ${appRole};
  alter default privileges in schema ${schema} grant ${sequenceRights} on sequences to ${appRole};
  alter default privileges in schema ${schema} grant execute on functions to ${appRole};
`;
