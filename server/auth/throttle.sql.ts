import { prisma } from "@/server/db/client";

/** Counts an attempt in a bucket; 0 when it may go on, else milliseconds until the next may (see the migration). */
export async function throttleInDatabase(bucket: string, max: number, windowMs: number): Promise<number> {
  const [row] = await prisma().$queryRaw<{ waitMs: number }[]>`
    select throttle(${bucket}, ${max}::int, ${windowMs}::int) as "waitMs"`;
  return row?.waitMs ?? 0;
}

/** Takes the latest attempt of a bucket back. */
export async function giveBackInDatabase(bucket: string): Promise<void> {
  await prisma().$executeRaw`
    delete from throttle_hits t using (
      select bucket, at, id from throttle_hits where bucket = ${bucket} order by at desc, id desc limit 1
    ) latest
    where t.bucket = latest.bucket and t.at = latest.at and t.id = latest.id`;
}
