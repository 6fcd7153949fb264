"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import type { SsoSettings } from "@/server/sso/schema";

/** Whether members get in by single sign-on alone, and whom that shuts out. */
export function RequireCard({ settings }: { settings: SsoSettings }) {
  const t = useTranslations("sso.require");
  const canWrite = useCan("security:write");
  const id = useId();
  const { isRequired, provider, obstacles, people } = settings;
  return (
    <Card>
      <CardHeader className="pb-0 sm:pb-0">
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <div className="grid gap-4 px-4 py-4 sm:px-5">
        <div className="flex items-start justify-between gap-6">
          <div>
            <label htmlFor={id} className="block text-13 font-medium">
              {t("label")}
            </label>
            <p id={`${id}-hint`} className="text-xs text-pretty text-muted-foreground">
              {t("hint")}
            </p>
          </div>
          {canWrite ? (
            <RequireSwitch id={id} settings={settings} />
          ) : (
            <Badge variant={isRequired ? "success" : "neutral"}>{t(isRequired ? "on" : "off")}</Badge>
          )}
        </div>
        {canWrite && !isRequired && obstacles.length > 0 && <Obstacles obstacles={obstacles} />}
        {provider && <p className="text-xs text-pretty text-muted-foreground">{t("shutOut", counted(people))}</p>}
        {provider && people.ownersWithTwoFactor === 0 && <Callout variant="warning">{t("noOwner")}</Callout>}
      </div>
    </Card>
  );
}

const counted = ({ shutOut, total }: SsoSettings["people"]) => ({ count: shutOut, total });

function Obstacles({ obstacles }: Pick<SsoSettings, "obstacles">) {
  const t = useTranslations("sso.require");
  return (
    <Callout title={t("obstaclesTitle")}>
      <ul className="list-disc pl-4">
        {obstacles.map((obstacle) => (
          <li key={obstacle}>{t(`obstacle.${obstacle}`)}</li>
        ))}
      </ul>
    </Callout>
  );
}

function RequireSwitch({ id, settings: { isRequired, obstacles, people } }: { id: string; settings: SsoSettings }) {
  const t = useTranslations("sso.require");
  const org = useOrg().slug;
  const onError = useErrorToast();
  const [isAsking, setAsking] = useState(false);
  const { require } = useSsoMutations(() => setAsking(false));
  return (
    <>
      <Switch
        id={id}
        aria-describedby={`${id}-hint`}
        checked={require.isPending ? require.variables.isRequired : isRequired}
        disabled={require.isPending || (!isRequired && obstacles.length > 0)}
        onCheckedChange={(isOn) => (isOn ? setAsking(true) : require.mutate({ org, isRequired: false }, { onError }))}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("confirmTitle")}
        text={`${t("confirmText")} ${t("shutOut", counted(people))}`}
        submit={t("confirm")}
        variant="default"
        mutation={require}
        onConfirm={() => require.mutate({ org, isRequired: true })}
      />
    </>
  );
}
