import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliverMail } from "@/server/mail/deliver-mail";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { sendMail } from "@/server/mail/send-mail";
import { useTestDatabase } from "@/server/testing/database";

const SECRET = "token=very-secret-link";
const order = {
  to: "ada@example.com",
  template: "magicLink",
  values: { name: "Ada", link: `https://tollkeeper.example/?${SECRET}`, minutes: 15 },
  locale: "en",
} as const;

const received: string[] = [];
let refusal: Error | null = null;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, _session, done) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      if (!refusal) received.push(Buffer.concat(parts).toString("utf8"));
      done(refusal);
    });
  },
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.server.address() as AddressInfo;
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const database = useTestDatabase({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Tollkeeper <toll@example.com>" });

beforeAll(() => sendMail(order));
beforeEach(() => {
  refusal = null;
});

const theMail = async () => (await listOutbox())[0] ?? expect.fail("there is no mail");

describe("with a mail server", () => {
  it("a mail waits sealed: its link is not in the database", async () => {
    expect((await theMail()).state).toBe("queued");
    const { rows } = await database.owner.query("select m::text as row from mails m");
    expect(rows.map(({ row }) => row).join()).not.toContain("very-secret");
    expect(JSON.stringify(await readOutboxMail((await theMail()).id))).toContain(SECRET);
  });

  it("a server that refuses is remembered with its words, and tried again", async () => {
    refusal = new Error("mailbox is full");
    await expect(deliverMail((await theMail()).id)).rejects.toThrow(/mailbox is full/);
    expect(await theMail()).toMatchObject({ state: "failed", error: expect.stringContaining("mailbox is full") });
  });

  it("is delivered once with both forms, and its text is dropped", async () => {
    const { id } = await theMail();
    await deliverMail(id);
    await deliverMail(id);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/^From: Tollkeeper <toll@example.com>/m);
    expect(received[0]).toContain("text/plain");
    expect(received[0]).toContain("text/html");
    expect(await theMail()).toMatchObject({ state: "sent", error: null });
    await expect(readOutboxMail(id)).rejects.toMatchObject({ code: "not_found" });
  });
});
