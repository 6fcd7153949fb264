import { createHash } from "node:crypto";
import { giveBackInRedis, throttleInRedis } from "@/server/auth/throttle-redis";
import { giveBackInDatabase, throttleInDatabase } from "@/server/auth/throttle.sql";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** At most `max` attempts in any `windowSeconds`. Refused ones do not count: who waits gets in. */
export type Limit = { name: string; max: number; windowSeconds: number };

/** Attempts at one subject (an address, an account) under one limit. */
export type Attempt = { limit: Limit; subject: string };

/**
 * Counts an attempt under each limit, in every process together: in Redis when there is one, else (or when it is down) in
 * the database. Counts under all of them or, when one is used up, under none.
 * @throws AppError limit, with the seconds to wait, when one of them is used up
 */
export async function throttle(...attempts: Attempt[]): Promise<void> {
  for (const [index, attempt] of attempts.entries()) {
    const waitMs = await count(attempt);
    if (waitMs === 0) continue;
    await giveBack(...attempts.slice(0, index));
    throw new AppError("limit", "too_many_attempts", {
      message: "Too many attempts. Please wait a little and try again.",
      retryAfterSeconds: Math.ceil(waitMs / 1000),
      details: { limit: attempt.limit.name },
    });
  }
}

/** Takes attempts back that turned out to be no guesses: who signs in does not use up the limit for guessing. */
export async function giveBack(...attempts: Attempt[]): Promise<void> {
  for (const { limit, subject } of attempts) {
    const bucket = bucketOf(limit, subject);
    await inStore(
      (url) => giveBackInRedis(url, bucket),
      () => giveBackInDatabase(bucket),
    );
  }
}

function count({ limit, subject }: Attempt): Promise<number> {
  const bucket = bucketOf(limit, subject);
  const windowMs = limit.windowSeconds * 1000;
  return inStore(
    (url) => throttleInRedis(url, bucket, limit.max, windowMs),
    () => throttleInDatabase(bucket, limit.max, windowMs),
  );
}

async function inStore<T>(inRedis: (url: string) => Promise<T>, inDatabase: () => Promise<T>): Promise<T> {
  const url = env().REDIS_URL;
  if (url) {
    try {
      return await inRedis(url);
    } catch (err) {
      logger().warn({ err }, "throttle: Redis does not answer, counting in the database");
    }
  }
  return inDatabase();
}

/** Hashed: addresses of people who may have no account are nobody's to keep. */
const bucketOf = (limit: Limit, subject: string) =>
  `${limit.name}:${createHash("sha256").update(subject).digest("base64url").slice(0, 22)}`;
