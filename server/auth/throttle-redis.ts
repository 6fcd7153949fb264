import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";

/** The sliding window as one atomic step on a sorted set of times; Redis' own clock, so that processes agree. */
const slidingWindow = `
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local max, window = tonumber(ARGV[1]), tonumber(ARGV[2])
  redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", now - window)
  if redis.call("ZCARD", KEYS[1]) >= max then
    local oldest = redis.call("ZRANGE", KEYS[1], 0, 0, "WITHSCORES")
    return math.max(1, oldest[2] + window - now)
  end
  redis.call("ZADD", KEYS[1], now, ARGV[3])
  redis.call("PEXPIRE", KEYS[1], window)
  return 0`;

const holder = globalThis as unknown as { tollkeeperThrottleRedis?: Redis };

function connection(url: string): Redis {
  if (!holder.tollkeeperThrottleRedis) {
    holder.tollkeeperThrottleRedis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 3_000 });
    // Without a listener an error would end the process; the caller sees its own command fail.
    holder.tollkeeperThrottleRedis.on("error", () => {});
  }
  return holder.tollkeeperThrottleRedis;
}

/** Counts an attempt in a bucket; 0 when it may go on, else milliseconds until the next may. @throws when Redis is down */
export async function throttleInRedis(url: string, bucket: string, max: number, windowMs: number): Promise<number> {
  return Number(await connection(url).eval(slidingWindow, 1, bucketKey(bucket), max, windowMs, randomUUID()));
}

/** Takes the latest attempt of a bucket back. @throws when Redis is down */
export async function giveBackInRedis(url: string, bucket: string): Promise<void> {
  await connection(url).zpopmax(bucketKey(bucket));
}

const bucketKey = (bucket: string) => `tollkeeper:throttle:${bucket}`;

export function closeThrottle() {
  holder.tollkeeperThrottleRedis?.disconnect();
  holder.tollkeeperThrottleRedis = undefined;
}
