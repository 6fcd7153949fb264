import pg from "pg";
import type { Prisma } from "@/server/db/generated/client";
import { pool, prisma } from "@/server/db/client";

/** Prisma inside a transaction that is bound to one org. Only withTenant makes one. */
export type TenantDb = Prisma.TransactionClient & { readonly __tenant: unique symbol };

/** A raw connection inside a transaction that is bound to one org. */
export type TenantConnection = pg.PoolClient & { readonly __tenant: unique symbol };

/**
 * What screens ask takes PostgreSQL a few milliseconds on one core. Starting workers takes ten, which its own default rates
 * a hundred times too low; compiling a statement takes longer still. Reports over millions of facts still get workers.
 */
const PARALLEL_SETUP_COST = 100_000;

export type TransactionOptions = {
  timeoutMs?: number;
  /** One state of the data for all that is read, and nothing can be written: for what is shown together. */
  isSnapshot?: boolean;
};

/**
 * One transaction, one tenant: everything `work` does through `db` sees and writes rows of `orgId` only (row level
 * security); it commits when `work` returns and vanishes when it throws.
 */
export function withTenant<T>(
  orgId: string,
  work: (db: TenantDb) => Promise<T>,
  { timeoutMs = 15_000, isSnapshot = false }: TransactionOptions = {},
): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`${isSnapshot ? asSnapshot : ""} ${boundTo(orgId)}`);
      return work(tx as TenantDb);
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}

/** Before anything is read. Told to Prisma it would be a round trip of its own. */
const asSnapshot = "set transaction isolation level repeatable read, read only;";

const boundTo = (orgId: string) =>
  `set local app.org_id = ${pg.escapeLiteral(orgId)}; set local parallel_setup_cost = ${PARALLEL_SETUP_COST}; set local jit = off`;

/**
 * Binds a transaction to an org, from here on. For what one person's deed leaves in several orgs; everything else uses
 * withTenant. Bind in the order of ids: two transactions that lock the same orgs in other orders would wait for ever.
 */
export async function bindTenant(tx: Prisma.TransactionClient, orgId: string): Promise<TenantDb> {
  await tx.$executeRaw`select set_config('app.org_id', ${orgId}, true)`;
  return tx as TenantDb;
}

type ConnectionOptions = {
  /** Only reads, and everything as it was at one moment, however long it takes. */
  isSnapshot?: boolean;
  /**
   * The commit does not wait for the disk: should the machine fail in that quarter of a second, the whole transaction may
   * be as if it had never been.
   */
  isForgettable?: boolean;
};

const beginSnapshot = "begin isolation level repeatable read read only";
const forgettable = "set local synchronous_commit = off;";

/** The same promise as withTenant on a raw connection: for COPY and cursors. */
export async function withTenantConnection<T>(
  orgId: string,
  work: (client: TenantConnection) => Promise<T>,
  { isSnapshot = false, isForgettable = false }: ConnectionOptions = {},
): Promise<T> {
  const client = await pool().connect();
  const begin = `${isSnapshot ? beginSnapshot : "begin"}; ${isForgettable ? forgettable : ""}`;
  let broken: Error | undefined;
  try {
    await client.query(`${begin} select set_config('app.org_id', ${client.escapeLiteral(orgId)}, true)`);
    const result = await work(client as TenantConnection);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
