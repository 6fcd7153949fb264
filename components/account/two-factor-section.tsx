"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { RenewCodesDialog } from "@/components/account/renew-codes-dialog";
import { Section } from "@/components/account/section";
import { TurnOffDialog } from "@/components/account/turn-off-dialog";
import type { AccountOverview } from "@/components/account/types";
import { useFormat } from "@/components/lib/use-format";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

/** Fewer recovery codes than this are too few. */
const FEW = 3;

export function TwoFactorSection({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.twoFactor");
  const { isOn } = account.twoFactor;
  const title = t("title");
  if (isOn) return <TurnedOn account={account} />;
  return (
    <Section
      title={title}
      lead={t("lead")}
      action={
        <>
          <Badge>{t("off")}</Badge>
          <Button asChild>
            <Link href="/account/security/two-factor">{t("setUp")}</Link>
          </Button>
        </>
      }
    />
  );
}

function TurnedOn({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.twoFactor");
  const format = useFormat();
  const [open, setOpen] = useState<"renew" | "off" | null>(null);
  const { since, recoveryCodesLeft } = account.twoFactor;
  const close = (isOpen: boolean) => !isOpen && setOpen(null);
  return (
    <Section title={t("title")} lead={t("lead")} action={<Badge variant="success">{t("on")}</Badge>}>
      <p className="text-13">
        {since && t("since", { date: format.day(since.toISOString().slice(0, 10)) })}
        {" · "}
        <span className={recoveryCodesLeft < FEW ? "text-warning-text" : undefined}>
          {t("codesLeft", { count: recoveryCodesLeft })}
        </span>
      </p>
      {recoveryCodesLeft < FEW && <p className="mt-1 text-13 text-muted-foreground">{t("codesFew")}</p>}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="outline" onClick={() => setOpen("renew")}>
          {t("renew")}
        </Button>
        <Button variant="destructive-outline" onClick={() => setOpen("off")}>
          {t("turnOff")}
        </Button>
      </div>
      <RenewCodesDialog email={account.email} isOpen={open === "renew"} onOpenChange={close} />
      <TurnOffDialog isOpen={open === "off"} onOpenChange={close} />
    </Section>
  );
}
