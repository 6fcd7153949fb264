import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { generateKey, open, seal } from "@/server/lib/crypto";

export type KmsCall = { operation: string; keyId: string; context: Record<string, string>; isSigned: boolean };

/**
 * Speaks as much of AWS KMS (JSON 1.1, "TrentService") as wrapping needs, strictly: a ciphertext opens only with its key and
 * its encryption context. Points AWS' SDK of this process at it.
 */
export async function startKms(keyIds: readonly string[]) {
  const keys = new Map(keyIds.map((id) => [id, generateKey()]));
  const calls: KmsCall[] = [];
  const fault = { current: null as { status: number; type: string } | null };

  function answer(operation: string, body: KmsBody): object {
    const key = keys.get(body.KeyId);
    if (!key) throw new KmsFault("NotFoundException");
    const context = JSON.stringify(Object.entries(body.EncryptionContext ?? {}).sort());
    if (operation === "Encrypt" && body.Plaintext) {
      const sealed = seal(Buffer.from(body.Plaintext, "base64"), key, context);
      return { KeyId: body.KeyId, CiphertextBlob: Buffer.from(sealed).toString("base64") };
    }
    if (operation === "Decrypt" && body.CiphertextBlob) {
      try {
        const plain = open(Buffer.from(body.CiphertextBlob, "base64"), key, context);
        return { KeyId: body.KeyId, Plaintext: plain.toString("base64") };
      } catch {
        throw new KmsFault("InvalidCiphertextException");
      }
    }
    throw new KmsFault("ValidationException");
  }

  const server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    const body: KmsBody = JSON.parse(await textOf(request));
    const isSigned = /^AWS4-HMAC-SHA256 Credential=.+\/kms\/aws4_request/.test(request.headers.authorization ?? "");
    calls.push({ operation, keyId: body.KeyId, context: body.EncryptionContext ?? {}, isSigned });
    let status = fault.current?.status ?? 200;
    let content: object = { __type: fault.current?.type, message: "told to fail" };
    if (!fault.current) {
      try {
        content = answer(operation, body);
      } catch (error) {
        if (!(error instanceof KmsFault)) throw error;
        status = 400;
        content = { __type: error.message };
      }
    }
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(content));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "AKIDTEST",
    AWS_SECRET_ACCESS_KEY: "only-for-tests",
  });
  return {
    calls,
    fail: (type: string | null, status = 400) => {
      fault.current = type === null ? null : { status, type };
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

type KmsBody = {
  KeyId: string;
  Plaintext?: string;
  CiphertextBlob?: string;
  EncryptionContext?: Record<string, string>;
};

class KmsFault extends Error {}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
