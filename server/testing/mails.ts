import { listOutbox, readOutboxMail } from "@/server/mail/outbox";

/** The newest mail to an address, as its reader sees it; null when there is none. Of a template, if one is named. */
export async function lastMailTo(email: string, template?: string) {
  const found = (await listOutbox()).find(
    (mail) => mail.recipient === email && (template === undefined || mail.template === template),
  );
  if (!found) return null;
  const mail = await readOutboxMail(found.id);
  const link = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? "http://no.link");
  return { ...mail, link, token: link.searchParams.get("token") ?? "" };
}

/** The token of the newest mail to an address. @throws Error when there is no such mail */
export async function mailedToken(email: string, template?: string): Promise<string> {
  const token = (await lastMailTo(email, template))?.token;
  if (!token) throw new Error(`no mail with a link to ${email}`);
  return token;
}
