import { ChevronRightIcon, PlusIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { OrgFrame } from "@/components/orgs/org-frame";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import type { OrgListItem } from "@/components/orgs/types";

type OrgChooserProps = { user: { name: string; email: string }; orgs: OrgListItem[] };

export function OrgChooser({ user, orgs }: OrgChooserProps) {
  const t = useTranslations("orgs");
  return (
    <OrgFrame user={user}>
      <h1 className="text-xl font-semibold tracking-tight">{t("chooseTitle")}</h1>
      <ul className="mt-6 divide-y overflow-hidden rounded-xl border bg-card shadow-raised">
        {orgs.map((org) => (
          <li key={org.slug}>
            <Link
              href={`/${org.slug}/overview`}
              className="flex items-center gap-3 px-4 py-3 transition-colors duration-100 hover:bg-accent focus-visible:-outline-offset-2"
            >
              <Avatar name={org.name} shape="square" className="size-7" />
              <span className="min-w-0 flex-1">
                <span className="block name-text font-medium">{org.name}</span>
                <span className="block text-xs text-muted-foreground">{t(`role.${org.role}`)}</span>
              </span>
              <ChevronRightIcon aria-hidden="true" className="size-4 text-muted-foreground" />
            </Link>
          </li>
        ))}
      </ul>
      <Button asChild variant="outline" size="lg" className="mt-4 w-full">
        <Link href="/orgs/new">
          <PlusIcon />
          {t("createNew")}
        </Link>
      </Button>
    </OrgFrame>
  );
}
