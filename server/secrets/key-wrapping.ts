import { open, seal } from "@/server/lib/crypto";
import { currentMasterKey, masterKeyOf } from "@/server/secrets/master-keys";

/** A data key as it is stored: under which version of the master key, and how. */
export type WrappedKey = { masterKeyVersion: string; wrappedKey: Uint8Array<ArrayBuffer> };

/** Encrypts a 32-byte data key with the current master key; `context` says where it belongs and is needed to open it. */
export async function wrapKey(key: Uint8Array, context: string): Promise<WrappedKey> {
  const master = currentMasterKey();
  return { masterKeyVersion: master.version, wrappedKey: seal(key, master.key, context) };
}

/** @throws AppError internal when the master key is not configured; Error when the bytes or the context are others. */
export async function unwrapKey(
  stored: { masterKeyVersion: string; wrappedKey: Uint8Array },
  context: string,
): Promise<Buffer> {
  return open(stored.wrappedKey, masterKeyOf(stored.masterKeyVersion), context);
}

/** Whether a data key is under another master key than the one that new ones get. */
export const isWrappedWithCurrent = ({ masterKeyVersion }: { masterKeyVersion: string }) =>
  masterKeyVersion === currentMasterKey().version;
