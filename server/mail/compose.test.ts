import { describe, expect, it } from "vitest";
import { locales } from "@/i18n/locales";
import { composeMail, type MailTemplate, type MailValues } from "@/server/mail/compose";

const link = "https://tollkeeper.example/somewhere?token=abc&x=1";
const values: MailValues = {
  verifyEmail: { name: "Ada", link, hours: 24 },
  accountExists: { name: "Ada", link },
  resetPassword: { name: "Ada", link, minutes: 60 },
  magicLink: { name: "Ada", link, minutes: 15 },
  invitation: { inviter: "Ada", org: "Acme & <b>Sons</b>", role: "reader", link, days: 7 },
  accountChanged: { name: "Ada", link, change: "password" },
  orgDeletion: { name: "Ada", org: "Acme", link, date: "2026-12-01" },
  domainFailing: { name: "Ada", org: "Acme", domain: "acme.com", link, date: "2026-12-01" },
  exportAttached: { name: "Ada", org: "Acme", export: "Costs", from: "2026-10-01", to: "2026-10-31", rows: "12", link },
  exportReady: { name: "Ada", org: "Acme", export: "Costs", from: "2026-10-01", to: "2026-10-31", rows: "12", link },
  exportFailed: {
    name: "Ada",
    org: "Acme",
    export: "Costs",
    from: "2026-10-01",
    to: "2026-10-31",
    reason: "There is no such bucket.",
    link,
  },
  domainLost: { name: "Ada", org: "Acme", domain: "acme.com", link },
};
const templates = Object.keys(values) as MailTemplate[];
const all = locales.flatMap((locale) => templates.map((template) => [locale, template] as const));

describe.each(all)("in %s, %s", (locale, template) => {
  const mail = composeMail(template, values[template], locale);

  it("says everything in both forms, with nothing left to fill in", () => {
    expect(mail.text).toContain(link);
    expect(mail.html).toContain(link.replace("&", "&amp;"));
    expect(mail.html).toContain(`<html lang="${locale}">`);
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/\{[a-z]|mail\.[a-z]/i);
  });
});

it("escapes what people type", () => {
  const { html, text } = composeMail("invitation", values.invitation, "en");
  expect(html).toContain("Acme &amp; &lt;b&gt;Sons&lt;/b&gt;");
  expect(text).toContain("Acme & <b>Sons</b>");
});

it("has no line breaks in a subject, whatever a name holds", () => {
  const injected = { ...values.invitation, org: "Acme\r\nBcc: all@example.com" };
  expect(composeMail("invitation", injected, "en").subject).not.toMatch(/[\r\n]/);
});
