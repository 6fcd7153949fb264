"use client";

import { TrashIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { CopyField } from "@/components/sso/copy-field";
import { ProviderForm } from "@/components/sso/provider-form";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardHeader, CardTitle } from "@/components/ui/card";
import type { SsoSettings } from "@/server/sso/schema";

/** The identity provider: what it has to be told, and what it is. Owners change it, admins read it. */
export function ProviderCard({ settings }: { settings: SsoSettings }) {
  const t = useTranslations("sso.provider");
  const canWrite = useCan("security:write");
  const { provider, callbackAddress } = settings;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        {canWrite && provider && (
          <CardAction className="-my-1.5 -mr-2">
            <RemoveProvider isRequired={settings.isRequired} />
          </CardAction>
        )}
      </CardHeader>
      <div className="grid gap-1.5 px-4 pb-4 sm:px-5">
        <h3 className="text-13 font-medium">{t("callback")}</h3>
        <CopyField value={callbackAddress} copyLabel={t("copyCallback")} />
        <p className="text-xs text-pretty text-muted-foreground">{t("callbackHint")}</p>
      </div>
      {canWrite ? (
        // Made anew with what was saved: the form begins with it, and the secret is empty again.
        <ProviderForm key={provider?.updatedAt} settings={settings} />
      ) : (
        <ProviderFacts provider={provider} />
      )}
    </Card>
  );
}

function ProviderFacts({ provider }: Pick<SsoSettings, "provider">) {
  const t = useTranslations("sso.provider");
  if (!provider) return <p className="border-t px-4 py-4 text-13 text-muted-foreground sm:px-5">{t("none")}</p>;
  return (
    <dl className="divide-y border-t">
      <Fact label={t("issuer")}>
        <span className="font-mono text-xs break-all">{provider.issuer}</span>
      </Fact>
      <Fact label={t("clientId")}>
        <span className="font-mono text-xs break-all">{provider.clientId}</span>
      </Fact>
      <Fact label={t("joinAs")}>{t(`join.${provider.joinAs ?? "nobody"}`)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 px-4 py-3 text-13 sm:grid-cols-2 sm:px-5">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function RemoveProvider({ isRequired }: { isRequired: boolean }) {
  const t = useTranslations("sso.provider");
  const org = useOrg().slug;
  const [isAsking, setAsking] = useState(false);
  const { removeProvider } = useSsoMutations(() => setAsking(false));
  return (
    <>
      <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
        <TrashIcon />
        {t("remove")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("removeTitle")}
        text={[t("removeText"), isRequired && t("removeRequired")].filter(Boolean).join(" ")}
        submit={t("remove")}
        mutation={removeProvider}
        onConfirm={() => removeProvider.mutate({ org, stopRequiring: isRequired })}
      />
    </>
  );
}
