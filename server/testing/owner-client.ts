import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/server/db/generated/client";

/** Reads and writes whatever there is, in a transaction or not. */
export type UnboundDb = Prisma.TransactionClient;

/** Prisma as the database's owner, whom no policy binds: to compare with, never for the product. */
export const ownerClient = (ownerUrl: string) =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString: ownerUrl }) });
