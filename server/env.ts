import { Resolver } from "node:dns";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "@/server/lib/errors";
import { parseMasterKeys } from "@/server/lib/master-key-text";

type Source = Record<string, string | undefined>;

/** Set to nothing means unset, as in a copied .env.example. */
const blankIsUnset = (source: Source) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""));

const port = z.coerce.number().int().min(1).max(65535);
const httpUrl = z.url({ protocol: /^https?$/ });
const flag = z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1");

const masterKeys = z.string().transform((text, context) => {
  try {
    return parseMasterKeys(text);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : "not readable");
    return z.NEVER;
  }
});

/** Looked into at once: later, the first connection that is used would be the one to find out. */
const masterKeysFile = z.string().superRefine((file, context) => {
  try {
    parseMasterKeys(readFileSync(file, "utf8"));
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : "not readable");
  }
});

const withCommas = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const dnsServers = z
  .string()
  .default("")
  .transform((text, context) => {
    const servers = withCommas(text);
    try {
      new Resolver().setServers(servers);
      return servers;
    } catch {
      context.addIssue("must be IP addresses with commas, each with a port or without");
      return z.NEVER;
    }
  });

/** What a registration at an identity provider consists of. */
const registrations = [
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
] as const;

/** Halves that are set, each with the half that is not. */
function halfRegistrations(env: Partial<Record<(typeof registrations)[number][number], string>>) {
  return registrations.flatMap(([id, secret]) => {
    if (Boolean(env[id]) === Boolean(env[secret])) return [];
    return [env[id] ? ([id, secret] as const) : ([secret, id] as const)];
  });
}

const Env = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    PORT: port.default(3000),
    APP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
    AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
    // Read by next-auth itself, which would pass over one that is not a URL.
    AUTH_URL: httpUrl.optional(),
    MASTER_KEYS: masterKeys.optional(),
    MASTER_KEY_KMS: z
      .string()
      .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d+:(key|alias)\/\S+$/, "must be the ARN of a KMS key")
      .optional(),
    MASTER_KEYS_FILE: masterKeysFile.optional(),
    OPENAI_BASE_URL: httpUrl.default("https://api.openai.com/v1"),
    SANDBOX_ENABLED: flag.default(true),
    SANDBOX_URL: httpUrl.default("http://127.0.0.1:4010/v1"),
    ALLOW_PRIVATE_ADDRESSES: flag.default(false),
    DNS_SERVERS: dnsServers,
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    GITHUB_CLIENT_ID: z.string().optional(),
    GITHUB_CLIENT_SECRET: z.string().optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, hostname: /.+/ }).optional(),
    MAIL_FROM: z.string().min(3).default("Tollkeeper <no-reply@localhost>"),
    OPERATOR_EMAILS: z
      .string()
      .default("")
      .transform((text) => withCommas(text.toLowerCase())),
    TOLLKEEPER_HOME: z.string().optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(0),
    SYNC_CONCURRENCY: z.coerce.number().int().min(1).max(32).default(2),
    SYNC_RECENT_EVERY_MINUTES: z.coerce.number().int().min(1).default(15),
    SYNC_TRAILING_EVERY_MINUTES: z.coerce.number().int().min(1).default(60),
    SYNC_DIRECTORY_EVERY_MINUTES: z.coerce
      .number()
      .int()
      .min(1)
      .default(24 * 60),
  })
  .refine((env) => !env.MASTER_KEYS || !env.MASTER_KEYS_FILE, {
    path: ["MASTER_KEYS"],
    message: "set either MASTER_KEYS or MASTER_KEYS_FILE",
  })
  .refine((env) => Boolean(env.MASTER_KEYS ?? env.MASTER_KEYS_FILE ?? env.MASTER_KEY_KMS), {
    path: ["MASTER_KEYS"],
    message: "set MASTER_KEYS, MASTER_KEYS_FILE or MASTER_KEY_KMS",
  })
  .superRefine(
    (env, context) => {
      for (const [set, missing] of halfRegistrations(env)) {
        context.addIssue({ code: "custom", path: [set], message: `needs ${missing} as well` });
      }
    },
    // While other variables are wrong or still to come, too.
    { when: () => true },
  );

export type Env = z.infer<typeof Env>;

/**
 * Parses the environment once, at boot.
 * @throws AppError precondition that names each wrong variable and says why; values are never repeated, they may be secrets.
 */
export function parseEnv(source: Source): Env {
  const parsed = Env.safeParse(blankIsUnset(source));
  if (parsed.success) return parsed.data;
  throw unusable(parsed.error.issues);
}

/**
 * Checks what is set and leaves aside what is not: `npm start` provides the rest, but only to settings that make sense.
 * @throws AppError precondition, as parseEnv
 */
export function checkGivenEnv(source: Source = process.env): void {
  const given = blankIsUnset(source);
  const issues = Env.safeParse(given).error?.issues.filter(({ path }) => String(path[0]) in given) ?? [];
  if (issues.length > 0) throw unusable(issues);
}

function unusable(issues: readonly z.core.$ZodIssue[]): AppError {
  const lines = issues.map(({ path, message }) => `  ${path[0]?.toString() ?? "?"}: ${message}`);
  return new AppError("precondition", "server_misconfigured", {
    message: `The environment is not usable:\n${lines.join("\n")}\nSee .env.example.`,
  });
}

let cached: Env | undefined;

/** The environment, parsed on first use: a build needs none of it. */
export const env = (): Env => (cached ??= parseEnv(process.env));
