import { env } from "@/server/env";
import { open, seal } from "@/server/lib/crypto";
import { isKmsVersion, kmsVersionOf, unwrapByKms, wrapByKms } from "@/server/secrets/kms";
import { currentMasterKey, masterKeyOf } from "@/server/secrets/master-keys";

/** A data key as it is stored: under which version of the master key, and how. */
export type WrappedKey = { masterKeyVersion: string; wrappedKey: Uint8Array<ArrayBuffer> };

/** What new data keys are wrapped with: a master key of ours ("v2"), or one that never leaves its service ("kms:arn:…"). */
export function currentMasterVersion(): string {
  const { MASTER_KEY_KMS } = env();
  return MASTER_KEY_KMS ? kmsVersionOf(MASTER_KEY_KMS) : currentMasterKey().version;
}

/**
 * Encrypts a 32-byte data key with the current master key; `context` says where it belongs and is needed to open it.
 * @throws AppError internal when a key service refuses or does not answer
 */
export async function wrapKey(key: Uint8Array, context: string): Promise<WrappedKey> {
  const { MASTER_KEY_KMS } = env();
  const masterKeyVersion = currentMasterVersion();
  if (MASTER_KEY_KMS) return { masterKeyVersion, wrappedKey: await wrapByKms(MASTER_KEY_KMS, key, context) };
  return { masterKeyVersion, wrappedKey: seal(key, currentMasterKey().key, context) };
}

/**
 * Opens what any master key wrapped, whichever is current: both kinds may be in use while one takes over from the other.
 * @throws AppError internal when the master key is not configured; Error when the bytes or the context are others
 */
export async function unwrapKey(
  stored: { masterKeyVersion: string; wrappedKey: Uint8Array },
  context: string,
): Promise<Buffer> {
  const { masterKeyVersion, wrappedKey } = stored;
  if (isKmsVersion(masterKeyVersion)) return unwrapByKms(masterKeyVersion, wrappedKey, context);
  return open(wrappedKey, masterKeyOf(masterKeyVersion), context);
}

/** Whether a data key is under another master key than the one that new ones get. */
export const isWrappedWithCurrent = ({ masterKeyVersion }: { masterKeyVersion: string }) =>
  masterKeyVersion === currentMasterVersion();
