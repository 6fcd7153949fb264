"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormat } from "@/components/lib/use-format";
import { hasKey } from "@/components/lib/has-key";
import { CopyButton } from "@/components/ui/copy-button";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { MemberDetail } from "@/server/usage/schema";

/** What the directory knows of a member: id, what it belongs to, dates. */
export function MemberFacts({ detail }: { detail: MemberDetail }) {
  const t = useTranslations("usage.facts");
  const { member, related, facts } = detail;
  const label = useMemberLabel();
  const href = useMemberHref();
  if (member.key === null) return null;
  const hasOwnName = member.name !== null && member.name !== member.key;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 text-13">
      {(hasOwnName || member.kind !== "model") && (
        <Fact label={t("id")}>
          <span className="flex min-w-0 items-center gap-0.5">
            <span className="name-text font-mono text-xs" title={member.key}>
              {member.key}
            </span>
            <CopyButton value={member.key} label={t("copyId")} className="-my-1" />
          </span>
        </Fact>
      )}
      {member.detail && (
        <Fact label={member.kind === "api_key" ? t("key") : t("email")}>
          <span className={member.kind === "api_key" ? "font-mono text-xs" : undefined}>{member.detail}</span>
        </Fact>
      )}
      {related.map((one) => (
        <Fact key={`${one.label} ${one.member.key}`} label={t(one.label)}>
          <Link
            href={href(one.dimension, one.member.key)}
            dir="auto"
            title={label(one.member)}
            className="name-text block rounded-sm font-medium text-primary-text underline-offset-4 hover:underline"
          >
            {label(one.member)}
          </Link>
        </Fact>
      ))}
      {facts.map((fact) => (
        <Fact key={fact.label} label={t(fact.label)}>
          <FactValue fact={fact} />
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 max-w-full flex-col gap-0.5 sm:max-w-80">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="flex min-h-5 min-w-0 items-center">{children}</dd>
    </div>
  );
}

function FactValue({ fact }: { fact: MemberDetail["facts"][number] }) {
  const t = useTranslations("usage.roles");
  const format = useFormat();
  if (fact.label === "role") return <>{hasKey(t, fact.value) ? t(fact.value) : fact.value}</>;
  return (
    <time dateTime={fact.value} title={format.instant(fact.value, "full")}>
      {format.instant(fact.value)}
    </time>
  );
}
