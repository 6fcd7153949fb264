import { runMigrations } from "bullmq";
import { withClient } from "./connect.mjs";
import { appRole } from "./app-role.mjs";

const schema = "bullmq";

/**
 * Creates or updates the tables and functions of BullMQ's PostgreSQL backend and lets the application's role use them.
 * BullMQ checks the schema's version when it connects, but changes it only here.
 * @param {string} url of the database, as its owner
 */
export async function prepareQueueSchema(url) {
  await withClient(url, async (client) => {
    await runMigrations(client, schema);
    await client.query(grants);
  });
}

const tableRights = "select, insert, update, delete";
const sequenceRights = "usage, select, update";

/**
 * What exists, and what a later version of BullMQ adds. CREATE, because BullMQ makes a sequence for the job ids of each queue
 * when the queue's first job is added; those belong to the application's role, so the owner can and need not grant them.
 */
const grants = `
  grant usage, create on schema ${schema} to ${appRole};
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
