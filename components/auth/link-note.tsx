import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";

/** For who came back from an identity provider with an address that no account is linked to, whether or not it has one. */
export function LinkNote({ email }: { email: string }) {
  const t = useTranslations("auth.provider");
  return (
    <Callout variant="info" className="mb-4 wrap-anywhere">
      {t("linkText", { email })}
    </Callout>
  );
}
