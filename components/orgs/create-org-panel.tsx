import Link from "next/link";
import { useTranslations } from "next-intl";
import { CreateOrgForm } from "@/components/orgs/create-org-form";
import { OrgFrame } from "@/components/orgs/org-frame";
import { Button } from "@/components/ui/button";

type CreateOrgPanelProps = { user: { name: string; email: string }; backHref?: string };

export function CreateOrgPanel({ user, backHref }: CreateOrgPanelProps) {
  const t = useTranslations("orgs");
  const ui = useTranslations("ui");
  return (
    <OrgFrame user={user}>
      <h1 className="text-xl font-semibold tracking-tight">{t("createTitle")}</h1>
      <p className="mt-1 text-pretty text-muted-foreground">{t("createLead")}</p>
      <div className="mt-6 rounded-xl border bg-card p-5 shadow-raised sm:p-6">
        <CreateOrgForm />
      </div>
      {backHref && (
        <div className="mt-4 text-center">
          <Button asChild variant="ghost">
            <Link href={backHref}>{ui("cancel")}</Link>
          </Button>
        </div>
      )}
    </OrgFrame>
  );
}
