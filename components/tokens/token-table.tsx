"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import { hasKey } from "@/components/lib/has-key";
import { KeyEnding } from "@/components/connections/key-ending";
import { TimeAgo } from "@/components/members/time-ago";
import { useCan } from "@/components/orgs/org-context";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { TokenActions } from "@/components/tokens/token-actions";
import type { TokenEntry } from "@/components/tokens/types";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

/** The tokens that work, and the latest of those that no longer do, pale and at the end. */
export function TokenTable({ tokens }: { tokens: readonly TokenEntry[] }) {
  const t = useTranslations("tokens");
  const canWrite = useCan("tokens:write");
  return (
    <Card>
      <DataTable
        label={t("title")}
        columns={useTokenColumns()}
        rows={tokens}
        rowKey={({ id }) => id}
        sort={null}
        rowActions={canWrite ? (token) => <TokenActions token={token} /> : undefined}
      />
    </Card>
  );
}

function useTokenColumns(): DataColumn<TokenEntry>[] {
  const t = useTranslations("tokens");
  const scopeNames = useScopeNames();
  return [
    {
      id: "name",
      header: t("name"),
      value: ({ name, last4 }) => `${name} ${last4}`,
      exportValue: ({ name }) => name,
      cell: (token) => <TokenName token={token} />,
      width: 232,
      isHideable: false,
    },
    {
      id: "scopes",
      header: t("scopes"),
      value: ({ scopes }) => scopeNames(scopes),
      cell: ({ scopes }) => <Scopes names={scopeNames(scopes)} />,
      exportValue: ({ scopes }) => scopes.join(" "),
    },
    {
      id: "createdBy",
      header: t("createdBy"),
      value: ({ createdBy, isMakerGone }) => {
        if (createdBy === null) return t("makerUnknown");
        return isMakerGone ? t("makerGone", { email: createdBy }) : createdBy;
      },
      exportValue: ({ createdBy }) => createdBy,
    },
    {
      id: "expires",
      header: t("expires"),
      kind: "instant",
      value: ({ expiresAt }) => expiresAt?.toISOString() ?? null,
      cell: (token) => <Expiry token={token} />,
      width: 172,
    },
    {
      id: "addresses",
      header: t("addresses"),
      value: ({ allowedIps }) => allowedIps.join(" "),
      cell: ({ allowedIps }) => <Addresses ranges={allowedIps} />,
      width: 160,
    },
    {
      id: "lastUsed",
      header: t("lastUsed"),
      kind: "instant",
      value: ({ lastUsedAt }) => lastUsedAt?.toISOString() ?? null,
      cell: (token) => <LastUse token={token} />,
      width: 132,
    },
  ];
}

const looks = { active: null, replaced: "info", expired: "neutral", revoked: "neutral" } as const satisfies Record<
  TokenEntry["state"],
  BadgeProps["variant"]
>;

function TokenName({ token: { name, last4, state } }: { token: TokenEntry }) {
  const t = useTranslations("tokens.state");
  const look = looks[state];
  const isOver = state === "expired" || state === "revoked";
  return (
    <span className="block min-w-0 py-1.5">
      <span className="flex min-w-0 items-center gap-1.5">
        <span className={isOver ? "name-text text-muted-foreground" : "name-text"} title={name}>
          {name}
        </span>
        {look && <Badge variant={look}>{t(state)}</Badge>}
      </span>
      <KeyEnding last4={last4} className="text-xs font-normal text-muted-foreground" />
    </span>
  );
}

function Scopes({ names }: { names: string }) {
  return (
    <span className="line-clamp-2" title={names}>
      {names}
    </span>
  );
}

function useScopeNames() {
  const t = useTranslations("tokens.scope");
  return (scopes: readonly string[]) =>
    scopes
      .map((scope) => {
        const key = scope.replace(":", "_");
        return hasKey(t, key) ? t(key) : scope;
      })
      .join(", ");
}

/** When it ends or ended. */
function Expiry({ token: { expiresAt, revokedAt } }: { token: TokenEntry }) {
  const t = useTranslations("tokens");
  const format = useFormat();
  const end = revokedAt ?? expiresAt;
  if (!end) return <span className="text-muted-foreground">{t("never")}</span>;
  const instant = end.toISOString();
  return (
    <time dateTime={instant} title={format.instant(instant, "full")}>
      {format.instant(instant)}
    </time>
  );
}

function Addresses({ ranges }: { ranges: readonly string[] }) {
  const t = useTranslations("tokens");
  const [first, ...others] = ranges;
  if (first === undefined) return <span className="text-muted-foreground">{t("anywhere")}</span>;
  return (
    <span className="block name-text" title={ranges.join("\n")}>
      <span className="font-mono text-xs">{first.replace(/\/(32|128)$/, "")}</span>
      {others.length > 0 && (
        <span className="text-muted-foreground"> {t("moreAddresses", { count: others.length })}</span>
      )}
    </span>
  );
}

function LastUse({ token: { lastUsedAt, lastUsedIp } }: { token: TokenEntry }) {
  const t = useTranslations("tokens");
  if (!lastUsedAt) return <span className="text-muted-foreground">{t("neverUsed")}</span>;
  return (
    <span className="block min-w-0">
      <TimeAgo instant={lastUsedAt.toISOString()} />
      <span className="block name-text font-mono text-xs text-muted-foreground" title={lastUsedIp ?? undefined}>
        {lastUsedIp ?? t("addressUnknown")}
      </span>
    </span>
  );
}
