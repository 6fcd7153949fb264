import { createHash } from "node:crypto";
import { throttleInRedis } from "@/server/auth/throttle-redis";
import { throttleInDatabase } from "@/server/auth/throttle.sql";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** At most `max` attempts in any `windowSeconds`. Refused ones do not count: who waits gets in. */
export type Limit = { name: string; max: number; windowSeconds: number };

/** Attempts at one subject (an address, an account) under one limit. */
export type Attempt = { limit: Limit; subject: string };

/**
 * Counts an attempt under each limit, in every process together: in Redis when there is one, else (or when it is down) in
 * the database. @throws AppError limit, with the seconds to wait, when one of them is used up
 */
export async function throttle(...attempts: Attempt[]): Promise<void> {
  for (const { limit, subject } of attempts) {
    const waitMs = await count(bucketOf(limit, subject), limit);
    if (waitMs === 0) continue;
    throw new AppError("limit", "too_many_attempts", {
      message: "Too many attempts. Please wait a little and try again.",
      retryAfterSeconds: Math.ceil(waitMs / 1000),
      details: { limit: limit.name },
    });
  }
}

async function count(bucket: string, { max, windowSeconds }: Limit): Promise<number> {
  const url = env().REDIS_URL;
  if (url) {
    try {
      return await throttleInRedis(url, bucket, max, windowSeconds * 1000);
    } catch (err) {
      logger().warn({ err }, "throttle: Redis does not answer, counting in the database");
    }
  }
  return throttleInDatabase(bucket, max, windowSeconds * 1000);
}

/** Hashed: addresses of people who may have no account are nobody's to keep. */
const bucketOf = (limit: Limit, subject: string) =>
  `${limit.name}:${createHash("sha256").update(subject).digest("base64url").slice(0, 22)}`;
