"use client";

import { useTranslations } from "next-intl";
import { useStartProvider } from "@/components/auth/use-start-provider";
import { FormError } from "@/components/forms/form-error";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

type SsoButtonProps = Pick<ButtonProps, "variant"> & { label: string; providerId: string; callbackPath: string };

/** Leads to an organization's identity provider. */
export function SsoButton({ label, providerId, callbackPath, variant }: SsoButtonProps) {
  const t = useTranslations("auth");
  const { leavingFor, hasFailed, start } = useStartProvider(callbackPath);
  return (
    <>
      <Button variant={variant} size="lg" disabled={leavingFor !== null} onClick={() => void start(providerId)}>
        {leavingFor !== null && <Spinner />}
        {leavingFor === null ? label : t("provider.starting")}
      </Button>
      <FormError error={hasFailed ? { text: t("unreachable"), requestId: null } : null} />
    </>
  );
}
