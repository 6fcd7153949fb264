import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/server/db/generated/client";
import { statementNames } from "@/server/db/statement-names";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";

type Handles = { prisma: PrismaClient; pool: pg.Pool };

const holder = globalThis as unknown as { tollkeeperDatabase?: Handles };

/** One pool and one Prisma client a process; next dev reloads modules, hence the global. */
function handles(): Handles {
  holder.tollkeeperDatabase ??= connect(env().APP_DATABASE_URL, env().DATABASE_POOL_MAX);
  return holder.tollkeeperDatabase;
}

function connect(connectionString: string, max: number): Handles {
  const pool = new pg.Pool({
    connectionString,
    max,
    idleTimeoutMillis: 30_000,
    application_name: "tollkeeper",
    onConnect: stageInMemory,
  });
  // A connection that breaks (database restarted), idle or between two queries, must not end the process: the next query
  // reports it.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const nameOf = statementNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
  return { pool, prisma: new PrismaClient({ adapter }) };
}

/** A day of facts is staged in memory instead of a file. Can be said only before a connection's first temporary table. */
async function stageInMemory(client: pg.ClientBase) {
  await client.query("set temp_buffers = '32MB'");
}

export const prisma = () => handles().prisma;

/** For COPY and other things Prisma cannot say. Use it through withTenantConnection, never directly for tenant data. */
export const pool = () => handles().pool;

export async function closeDatabase() {
  const open = holder.tollkeeperDatabase;
  holder.tollkeeperDatabase = undefined;
  if (!open) return;
  await open.prisma.$disconnect();
  if (!open.pool.ended) await open.pool.end();
}

/**
 * Refuses to run as a role that row level security does not bind, be it through a role that it is a member of, or that may
 * put objects where the functions of the owner look for theirs.
 * @throws AppError precondition naming what is wrong with the role.
 */
export async function assertBoundRole() {
  const { rows } = await pool().query<{ name: string; free: boolean; owns: boolean; creates: boolean }>(
    `select current_user as name,
       exists (select from pg_roles r where (r.rolsuper or r.rolbypassrls) and pg_has_role(r.oid, 'member')) as free,
       exists (select from pg_class c where c.oid = to_regclass('public.orgs') and pg_has_role(c.relowner, 'member')) as owns,
       has_schema_privilege('public', 'create') as creates`,
  );
  const role = rows[0];
  if (!role || role.free || role.owns) {
    throw wrongRole(
      `APP_DATABASE_URL connects as ${role?.name ?? "?"}, to which row level security does not apply (superuser, BYPASSRLS ` +
        "or owner of the tables, by itself or as a member of such a role): organizations would not be kept apart. " +
        "Use the role tollkeeper_app, or one that is a member of it alone.",
    );
  }
  if (role.creates) {
    throw wrongRole(
      `APP_DATABASE_URL connects as ${role.name}, which may create objects in schema public. Let an administrator of the ` +
        "database run: revoke create on schema public from public",
    );
  }
}

const wrongRole = (message: string) => new AppError("precondition", "server_misconfigured", { message });
