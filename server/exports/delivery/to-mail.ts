import type { OrgScope } from "@/server/auth/scope";
import type { ExportManifest } from "@/server/exports/manifest";
import type { StartedExport } from "@/server/exports/start-export";
import { appUrl } from "@/server/lib/app-url";
import { AppError } from "@/server/lib/errors";
import { addUtcDays } from "@/server/lib/time";
import { type MailAttachment, sendMail } from "@/server/mail/send-mail";

/** What mail servers take without complaint; more is fetched by a link. */
export const MAX_ATTACHMENT_BYTES = 2 * 1024 * 1024;

export type Reader = { email: string; name: string; locale: string | null };

/** Those of some addresses who are members now. */
export async function readersAmong(scope: OrgScope, addresses: readonly string[]): Promise<Reader[]> {
  const members = await scope.db.membership.findMany({
    where: { user: { email: { in: [...addresses] } } },
    select: { user: { select: { email: true, name: true, locale: true } } },
  });
  return members.map(({ user }) => user);
}

type Delivery = { readers: readonly Reader[]; name: string; org: { slug: string; name: string } };

/**
 * Mails an export to members: attached where it is small, else as a link to the page that has it.
 * @throws AppError precondition when nobody is left to read it
 */
export async function deliverByMail(
  started: StartedExport,
  { readers, name, org }: Delivery,
): Promise<{ location: string; manifest: ExportManifest }> {
  if (readers.length === 0) {
    started.stream.destroy();
    throw new AppError("precondition", "no_recipients", { message: "None of the recipients is a member any more." });
  }
  const content = await readSmall(started);
  const manifest = await started.manifest;
  const { fileName: filename, mediaType: contentType } = started;
  const attachment: MailAttachment | undefined = content ? { filename, contentType, content } : undefined;
  for (const reader of readers) {
    await sendMail({
      to: reader.email,
      template: attachment ? "exportAttached" : "exportReady",
      locale: reader.locale,
      values: {
        name: reader.name,
        org: org.name,
        export: name,
        from: manifest.from,
        to: addUtcDays(manifest.to, -1),
        rows: String(manifest.rows),
        link: appUrl(`/${org.slug}/exports`),
      },
      attachment,
    });
  }
  return { location: `mail:${readers.length}`, manifest };
}

/** Null for what is too large to be attached; it is read to its end all the same, for its manifest. */
async function readSmall({ stream }: StartedExport): Promise<Buffer | null> {
  let parts: Buffer[] | null = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > MAX_ATTACHMENT_BYTES) parts = null;
    parts?.push(part);
  }
  return parts && Buffer.concat(parts);
}
