import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/server/db/generated/client";
import { env } from "@/server/env";

type Handles = { prisma: PrismaClient; pool: pg.Pool };

const holder = globalThis as unknown as { tollkeeperDatabase?: Handles };

/** One pool and one Prisma client a process; next dev reloads modules, hence the global. */
function handles(): Handles {
  holder.tollkeeperDatabase ??= connect(env().APP_DATABASE_URL, env().DATABASE_POOL_MAX);
  return holder.tollkeeperDatabase;
}

function connect(connectionString: string, max: number): Handles {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, application_name: "tollkeeper" });
  // An idle connection that breaks (database restarted) must not end the process; the next query reports it.
  pool.on("error", () => {});
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
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
 * Refuses to run as a role that row level security does not bind.
 * @throws Error naming what is wrong with the role.
 */
export async function assertBoundRole() {
  const { rows } = await pool().query<{ name: string; free: boolean; owns: boolean }>(
    `select current_user as name, rolsuper or rolbypassrls as free,
       exists (select from pg_class c where c.relname = 'orgs' and pg_has_role(current_user, c.relowner, 'member')) as owns
     from pg_roles where rolname = current_user`,
  );
  const role = rows[0];
  if (!role || role.free || role.owns) {
    throw new Error(
      `APP_DATABASE_URL connects as ${role?.name ?? "?"}, which row level security does not bind (superuser, BYPASSRLS or owner of the tables). Use the role tollkeeper_app.`,
    );
  }
}
