import type { StartedExport } from "@/server/exports/start-export";
import { storageClient } from "@/server/exports/delivery/storage-client";
import type { ExportManifest } from "@/server/exports/manifest";
import type { StorageTarget } from "@/server/exports/schema";

/** Ten thousand parts are the most that S3 takes: files up to 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

type Delivery = { target: StorageTarget; secretAccessKey: string; signal?: AbortSignal };

/**
 * Writes an export into a bucket while it is made, in parts: memory stays at a few of them. A file appears only once it is
 * whole, its manifest beside it; the same run again replaces both. @returns where it lies
 * @throws what the storage answers, or what the export broke with
 */
export async function deliverToStorage(
  started: StartedExport,
  { target, secretAccessKey, signal }: Delivery,
): Promise<{ location: string; manifest: ExportManifest }> {
  const [{ Upload }, { PutObjectCommand }] = await Promise.all([
    import("@aws-sdk/lib-storage"),
    import("@aws-sdk/client-s3"),
  ]);
  const client = await storageClient(target, secretAccessKey);
  const Key = `${target.prefix}${started.fileName}`;
  const place = { Bucket: target.bucket, Key };
  try {
    const upload = new Upload({
      client,
      params: { ...place, Body: started.stream, ContentType: started.mediaType },
      partSize: PART_BYTES,
      queueSize: PARTS_AT_ONCE,
    });
    signal?.addEventListener("abort", () => void upload.abort(), { once: true });
    await upload.done();
    const manifest = await started.manifest;
    const content = `${JSON.stringify(manifest, null, 2)}\n`;
    await client.send(
      new PutObjectCommand({ ...place, Key: `${Key}.manifest.json`, Body: content, ContentType: "application/json" }),
    );
    return { location: `s3://${target.bucket}/${Key}`, manifest };
  } catch (error) {
    // Nobody reads on: the transaction of the database ends.
    started.stream.destroy();
    throw error;
  } finally {
    client.destroy();
  }
}
