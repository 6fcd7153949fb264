import { createHash } from "node:crypto";
import type { KMSClient } from "@aws-sdk/client-kms";
import { AppError } from "@/server/lib/errors";

/** A wrapped key of a service is marked by the service's name and the key's own. */
const PREFIX = "kms:";

export const isKmsVersion = (version: string) => version.startsWith(PREFIX);
export const kmsVersionOf = (arn: string) => `${PREFIX}${arn}`;

/** Every opened secret would else be a call: kept in memory for a while, as AWS' own SDK for encryption does. */
const CACHE_MS = 5 * 60_000;
const CACHE_SIZE = 1_000;
const opened = new Map<string, { key: Buffer; until: number }>();

/**
 * Encrypts a data key by AWS KMS; the context goes along as encryption context, which KMS checks and logs. Credentials are
 * found as AWS' SDK finds them (environment, profile, instance).
 * @throws AppError internal key_service_failed
 */
export async function wrapByKms(arn: string, key: Uint8Array, context: string): Promise<Uint8Array<ArrayBuffer>> {
  const { EncryptCommand } = await sdk();
  const client = await clientFor(arn);
  const command = new EncryptCommand({ KeyId: arn, Plaintext: key, EncryptionContext: { tollkeeper: context } });
  const { CiphertextBlob } = await client.send(command).catch(explain);
  if (!CiphertextBlob) throw new Error("KMS answered without a ciphertext");
  return new Uint8Array(CiphertextBlob);
}

/** @throws AppError internal key_service_failed, also when bytes or context are not what was wrapped */
export async function unwrapByKms(version: string, wrapped: Uint8Array, context: string): Promise<Buffer> {
  const name = createHash("sha256").update(`${version}\n${context}\n`).update(wrapped).digest("base64");
  const known = opened.get(name);
  if (known && known.until > Date.now()) return known.key;
  const key = await decrypt(version.slice(PREFIX.length), wrapped, context);
  opened.delete(name);
  opened.set(name, { key, until: Date.now() + CACHE_MS });
  const [oldest] = opened.keys();
  if (opened.size > CACHE_SIZE && oldest !== undefined) opened.delete(oldest);
  return key;
}

async function decrypt(arn: string, wrapped: Uint8Array, context: string): Promise<Buffer> {
  const { DecryptCommand } = await sdk();
  const client = await clientFor(arn);
  const command = new DecryptCommand({
    KeyId: arn,
    CiphertextBlob: wrapped,
    EncryptionContext: { tollkeeper: context },
  });
  const { Plaintext } = await client.send(command).catch(explain);
  if (!Plaintext) throw new Error("KMS answered without a plaintext");
  return Buffer.from(Plaintext);
}

/** Large, and needed by few installations. */
const sdk = () => import("@aws-sdk/client-kms");

const clients = new Map<string, KMSClient>();

/** One per region, which is the fourth part of "arn:aws:kms:eu-central-1:111122223333:key/...". */
async function clientFor(arn: string): Promise<KMSClient> {
  const region = arn.split(":")[3] ?? "";
  const { KMSClient } = await sdk();
  const client =
    clients.get(region) ??
    new KMSClient({ region, maxAttempts: 3, requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000 } });
  clients.set(region, client);
  return client;
}

function explain(cause: unknown): never {
  throw new AppError("internal", "key_service_failed", {
    message: "The key service does not open or wrap the keys of this installation.",
    details: { error: cause instanceof Error ? cause.name : String(cause) },
    cause,
  });
}
