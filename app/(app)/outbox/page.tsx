import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { PageHeader } from "@/components/layout/page-header";
import { Outbox } from "@/components/outbox/outbox";
import { orNotFound } from "@/server/trpc/org";
import { requireUser } from "@/server/trpc/require-user";
import { caller } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("outbox");
  return { title: t("title") };
}

/** For whoever runs the installation; everybody else finds nothing here. */
export default async function OutboxPage() {
  const { name, email } = await requireUser();
  const { mails, hasMailServer } = await orNotFound(caller.outbox.list());
  const t = await getTranslations("outbox");
  return (
    <AccountFrame user={{ name, email }} isOperator isWide>
      <PageHeader title={t("title")} description={t(hasMailServer ? "lead" : "leadKept")} />
      <Outbox mails={mails} />
    </AccountFrame>
  );
}
