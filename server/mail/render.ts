import type { Locale } from "@/i18n/locales";

export type MailParts = {
  locale: Locale;
  subject: string;
  paragraphs: string[];
  action: { label: string; href: string };
  /** Small print: who this is from, what to do if it was not asked for. */
  note: string;
};

/** For readers without HTML: the same sentences, the link in full. */
export const renderText = ({ paragraphs, action, note }: MailParts) =>
  [...paragraphs, `${action.label}:\n${action.href}`, `-- \n${note}`].join("\n\n").concat("\n");

/** Tables and inline styles: what mail programs understand. Readable without images, in light and dark. */
export function renderHtml({ locale, subject, paragraphs, action, note }: MailParts): string {
  const body = paragraphs.map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`).join("");
  const href = escapeHtml(action.href);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f4f4f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f5;padding:32px 16px">
<tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border:1px solid #e4e4e7;border-radius:10px">
<tr><td style="padding:32px;font:15px/1.55 -apple-system,'Segoe UI',Roboto,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;color:#18181b">
<p style="margin:0 0 24px;font-size:14px;font-weight:600;color:#52525b">Tollkeeper</p>
${body}
<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:11px 18px;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#52525b;word-break:break-all"><a href="${href}" style="color:#52525b">${href}</a></p>
<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e4e4e7;font-size:12px;color:#71717a">${escapeHtml(note)}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
