"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { AuthLink } from "@/components/auth/auth-card";
import { LeaveOrg } from "@/components/auth/leave-org";
import { SsoButton } from "@/components/auth/sso-button";
import { withCallback } from "@/components/lib/callback-path";
import type { OrgListItem } from "@/components/orgs/types";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { orgProviderId } from "@/server/auth/schema";

type OrgDemandProps = { org: OrgListItem; email: string; callbackPath: string };

/** An organization that is open only by its identity provider: the way there and back, and the way out. */
export function OrgDemand({ org, email, callbackPath }: OrgDemandProps) {
  const t = useTranslations("auth.demand");
  const words = useTranslations("auth.provider");
  return (
    <>
      <div className="rounded-xl border bg-card p-5 shadow-raised sm:p-6">
        <Avatar name={org.name} shape="square" className="mb-4 size-10 bg-primary text-primary-foreground" />
        <h1 className="text-xl font-semibold tracking-tight text-balance wrap-anywhere">
          {t("title", { org: org.name })}
        </h1>
        <p className="mt-1 text-pretty wrap-anywhere text-muted-foreground">{t("text", { org: org.name })}</p>
        <div className="mt-6 grid gap-4">
          <SsoButton label={words("sso")} providerId={orgProviderId(org.slug)} callbackPath={callbackPath} />
          {org.role === "owner" && (
            <p className="text-13 text-pretty text-muted-foreground">
              {t("owner")}{" "}
              <AuthLink href={withCallback("/account/security/two-factor", callbackPath)}>{t("ownerAction")}</AuthLink>
            </p>
          )}
        </div>
      </div>
      <p className="mt-5 text-center text-13 wrap-anywhere text-muted-foreground">{t("as", { email })}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <Button asChild variant="ghost">
          <Link href="/orgs">{t("elsewhere")}</Link>
        </Button>
        <LeaveOrg org={org} />
      </div>
    </>
  );
}
