"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AbilitiesList } from "@/components/connections/abilities-list";
import { KeyEnding } from "@/components/connections/key-ending";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { KeyVerification } from "@/server/connections/schema";

type KeyFindingsProps = { verification: KeyVerification; onOtherKey: () => void };

/** What OpenAI says about a key, before anything is stored. */
export function KeyFindings({ verification, onOtherKey }: KeyFindingsProps) {
  const t = useTranslations("connections.form");
  const words = useTranslations("connections");
  const { openaiOrgName, openaiOrgId, keyLast4, abilities } = verification;
  return (
    <section className="grid gap-3" aria-label={t("found")}>
      <div className="rounded-lg border">
        <div className="flex items-start justify-between gap-3 px-4 py-3">
          <div className="min-w-0">
            <p className="text-xs text-muted-foreground">{t("found")}</p>
            <p className="mt-0.5 name-text text-base font-semibold tracking-tight">
              {openaiOrgName ?? words("noName")}
            </p>
            <p className="font-mono text-xs break-all text-muted-foreground">{openaiOrgId}</p>
          </div>
          <Button variant="outline" size="sm" onClick={onOtherKey}>
            {t("otherKey")}
          </Button>
        </div>
        <dl className="grid gap-x-6 gap-y-3 border-t px-4 py-3 text-13 sm:grid-cols-2">
          <div>
            <dt className="text-xs text-muted-foreground">{t("projects")}</dt>
            <dd className="mt-1">
              <ProjectCount verification={verification} />
            </dd>
            <dt className="mt-3 text-xs text-muted-foreground">{words("key")}</dt>
            <dd className="mt-1">
              <KeyEnding last4={keyLast4} />
            </dd>
          </div>
          <div>
            <dt className="text-xs text-muted-foreground">{t("abilities")}</dt>
            <dd className="mt-1">
              <AbilitiesList abilities={abilities} />
            </dd>
          </div>
        </dl>
      </div>
      <Advice verification={verification} />
    </section>
  );
}

function ProjectCount({ verification }: { verification: KeyVerification }) {
  const t = useTranslations("connections.form");
  if (verification.projectCount === null) return t("projectsUnknown");
  return verification.isProjectCountExact
    ? t("projectCount", { count: verification.projectCount })
    : t("projectCountAtLeast", { count: verification.projectCount });
}

function Advice({ verification: { abilities, existing, former } }: { verification: KeyVerification }) {
  const t = useTranslations("connections.form");
  const org = useOrg();
  if (existing) {
    const link = (text: ReactNode) => (
      <Link href={`/${org.slug}/connections/${existing.connectionId}`} className="font-medium underline">
        {text}
      </Link>
    );
    return <Callout variant="warning">{t.rich("existing", { name: existing.name, link })}</Callout>;
  }
  return (
    <>
      {former && <Callout variant="info">{t("former", { name: former.name })}</Callout>}
      {!abilities.costs && <Callout variant="danger">{t("cannotCosts")}</Callout>}
      {!abilities.usage && <Callout variant="warning">{t("cannotUsage")}</Callout>}
      {!abilities.directory && <Callout variant="warning">{t("cannotDirectory")}</Callout>}
      {abilities.writes === "yes" && <Callout variant="info">{t("writesAdvice")}</Callout>}
    </>
  );
}
