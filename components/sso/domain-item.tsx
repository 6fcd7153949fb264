"use client";

import { CircleAlertIcon, CircleCheckIcon, ClockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import { TimeAgo } from "@/components/members/time-ago";
import { useCan } from "@/components/orgs/org-context";
import { CopyField } from "@/components/sso/copy-field";
import { RemoveDomain } from "@/components/sso/remove-domain";
import { VerifyDomain } from "@/components/sso/verify-domain";
import { Badge } from "@/components/ui/badge";
import type { DomainSummary } from "@/server/sso/schema";

/** `endsRequirement`: single sign-on rests on this domain alone. */
type DomainItemProps = { domain: DomainSummary; endsRequirement: boolean };

/** One domain: whether DNS agrees, and what it has to hold where it does not. */
export function DomainItem({ domain, endsRequirement }: DomainItemProps) {
  const canWrite = useCan("security:write");
  const isWell = domain.state === "verified";
  return (
    <li className="grid gap-3 px-4 py-4 sm:px-5">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 font-medium">
            <span className="break-all">{domain.unicode}</span>
            <StateBadge state={domain.state} />
          </h3>
          {domain.unicode !== domain.domain && (
            <p className="font-mono text-xs break-all text-muted-foreground">{domain.domain}</p>
          )}
          <Explanation domain={domain} />
        </div>
        {canWrite && (
          <div className="-mt-1 -mr-1.5 shrink-0">
            <RemoveDomain domain={domain} endsRequirement={endsRequirement} />
          </div>
        )}
      </div>
      {!isWell && <Record domain={domain} />}
      {!isWell && (canWrite ? <VerifyDomain domain={domain} /> : <LastLook domain={domain} />)}
    </li>
  );
}

const looks = {
  pending: { variant: "neutral", icon: ClockIcon },
  verified: { variant: "success", icon: CircleCheckIcon },
  failing: { variant: "warning", icon: CircleAlertIcon },
} as const;

function StateBadge({ state }: Pick<DomainSummary, "state">) {
  const t = useTranslations("sso.domains.state");
  const { variant, icon: Icon } = looks[state];
  return (
    <Badge variant={variant}>
      <Icon aria-hidden="true" />
      {t(state)}
    </Badge>
  );
}

function Explanation({ domain }: { domain: DomainSummary }) {
  const t = useTranslations("sso.domains");
  const format = useFormat();
  const sentences = {
    pending: () => t("pendingText"),
    verified: () => t("verifiedText", { date: format.instant(domain.verifiedAt) }),
    failing: () =>
      t("failingText", { since: format.instant(domain.failingSince), date: format.instant(domain.lostAfter) }),
  };
  return <p className="mt-0.5 text-xs text-pretty text-muted-foreground">{sentences[domain.state]()}</p>;
}

function Record({ domain: { domain, record } }: { domain: DomainSummary }) {
  const t = useTranslations("sso.domains");
  return (
    <dl className="grid gap-x-3 gap-y-1.5 text-xs sm:grid-cols-[auto_1fr] sm:items-center">
      <dt className="text-muted-foreground">{t("recordName")}</dt>
      <dd className="min-w-0">
        <CopyField value={record.name} copyLabel={t("copyName", { domain })} />
      </dd>
      <dt className="text-muted-foreground">{t("recordValue")}</dt>
      <dd className="min-w-0">
        <CopyField value={record.value} copyLabel={t("copyValue", { domain })} />
      </dd>
    </dl>
  );
}

/** What the newest look into DNS found, for who cannot have another one taken. */
function LastLook({ domain: { checkedAt, failure } }: { domain: DomainSummary }) {
  const t = useTranslations("sso.domains");
  const reasons = useTranslations("errors.reason");
  if (!checkedAt || !failure) return null;
  return (
    <p className="text-xs text-pretty text-muted-foreground">
      {reasons(failure)} {t.rich("checked", { when: () => <TimeAgo instant={checkedAt} /> })}
    </p>
  );
}
