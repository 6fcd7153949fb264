import { prisma } from "@/server/db/client";

/** Counts an attempt in a bucket; 0 when it may go on, else milliseconds until the next may (see the migration). */
export async function throttleInDatabase(bucket: string, max: number, windowMs: number): Promise<number> {
  const [row] = await prisma().$queryRaw<{ waitMs: number }[]>`
    select throttle(${bucket}, ${max}::int, ${windowMs}::int) as "waitMs"`;
  return row?.waitMs ?? 0;
}
