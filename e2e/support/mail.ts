import type { APIRequestContext } from "@playwright/test";
import { query } from "./api";
import { baseURL } from "./installation";
import { operator } from "./operator";
import { signIn } from "./people";
import { expect } from "./test";

type Listed = { id: string; recipient: string; template: string };
type Mail = { subject: string; text: string };

/** Signs a context in as the operator, whose account is made on first use. */
export async function becomeOperator(request: APIRequestContext): Promise<void> {
  await request.post("/api/trpc/auth.signUp", { data: { json: operator } });
  await signIn(request, operator);
}

/** The link in the newest mail of a kind to somebody, as the operator reads it in the outbox: a path of the product. */
export async function mailedLink(asOperator: APIRequestContext, to: string, template: string): Promise<string> {
  const find = async () => {
    const { mails } = (await query(asOperator, "outbox.list")).data as { mails: Listed[] };
    return mails.find((mail) => mail.recipient === to && mail.template === template);
  };
  await expect.poll(find, { message: `a mail ${template} to ${to}` }).toBeTruthy();
  const { data } = await query(asOperator, "outbox.get", { mailId: (await find())?.id ?? "" });
  const link = /https?:\/\/\S+/.exec((data as Mail).text)?.[0];
  if (!link) throw new Error(`no link in the mail ${template} to ${to}`);
  return link.replace(baseURL, "");
}
