import { expect, it } from "vitest";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, makeUser } from "@/server/testing/factories";

const database = useTestDatabase({ SMTP_URL: "smtp://127.0.0.1:9" });

it("with a mail server only the mail holds the link, so that accepting proves the address", async () => {
  const org = await makeOrg();
  const person = await makeUser("Grace");
  await database.owner.query("update users set email_verified_at = null where id = $1", [person.id]);
  const results = await callAs(org.owner).members.invite({ org: org.slug, addresses: [person.email], role: "reader" });
  expect(results).toEqual([{ address: person.email, status: "invited", link: null }]);

  const [mail] = await listOutbox();
  const { text } = await readOutboxMail(mail?.id ?? "");
  const token = /\/invitations\/([\w-]{43})\s/.exec(text)?.[1] ?? "";
  await callAs(person).members.accept({ token });
  const { rows } = await database.owner.query("select email_verified_at from users where id = $1", [person.id]);
  expect(rows[0].email_verified_at).not.toBeNull();

  const invited = await callAs(org.owner).members.invite({
    org: org.slug,
    addresses: ["b@example.com"],
    role: "reader",
  });
  expect(invited[0]?.link).toBeNull();
  const [open] = await callAs(org.owner).members.invitations({ org: org.slug });
  const again = await callAs(org.owner).members.resendInvitation({ org: org.slug, invitationId: open?.id ?? "" });
  expect(again).toEqual({ link: null });
});
