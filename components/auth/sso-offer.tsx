"use client";

import { useTranslations } from "next-intl";
import { SsoButton } from "@/components/auth/sso-button";
import { Button } from "@/components/ui/button";

type SsoOfferProps = {
  offer: { providerId: string; domain: string; isRequired: boolean };
  callbackPath: string;
  /** For who still signs in with a password, where single sign-on is the rule; null where the password is asked for anyway. */
  onPassword: (() => void) | null;
};

/** What an address' domain offers instead of a password, or demands. */
export function SsoOffer({ offer: { providerId, domain, isRequired }, callbackPath, onPassword }: SsoOfferProps) {
  const t = useTranslations("auth.provider");
  return (
    <div role="status" className="grid gap-2.5">
      <p className="text-13 text-pretty wrap-anywhere">{t(isRequired ? "required" : "offered", { domain })}</p>
      <SsoButton
        label={t("use")}
        providerId={providerId}
        callbackPath={callbackPath}
        variant={isRequired ? "default" : "outline"}
      />
      {onPassword && (
        <Button variant="ghost" onClick={onPassword}>
          {t("usePassword")}
        </Button>
      )}
    </div>
  );
}
