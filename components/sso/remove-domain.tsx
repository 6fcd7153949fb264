"use client";

import { TrashIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useOrg } from "@/components/orgs/org-context";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Button } from "@/components/ui/button";
import type { DomainSummary } from "@/server/sso/schema";

type RemoveDomainProps = { domain: DomainSummary; endsRequirement: boolean };

export function RemoveDomain({ domain: { domain, unicode, verifiedAt }, endsRequirement }: RemoveDomainProps) {
  const t = useTranslations("sso.domains");
  const org = useOrg().slug;
  const [isAsking, setAsking] = useState(false);
  const { removeDomain } = useSsoMutations(() => setAsking(false));
  const text = t(verifiedAt ? "removeText" : "removePendingText");
  return (
    <>
      <Button variant="ghost" size="icon-sm" aria-label={t("removeNamed", { domain })} onClick={() => setAsking(true)}>
        <TrashIcon />
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("removeTitle", { domain: unicode })}
        text={[text, endsRequirement && t("removeRequired")].filter(Boolean).join(" ")}
        submit={t("remove")}
        mutation={removeDomain}
        onConfirm={() => removeDomain.mutate({ org, domain, stopRequiring: endsRequirement })}
      />
    </>
  );
}
