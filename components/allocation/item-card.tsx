"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import type { ItemDialog } from "@/components/allocation/item-dialogs";
import { Timeline } from "@/components/allocation/timeline";
import { useRuleText } from "@/components/allocation/use-rule-words";
import { useErrorText } from "@/components/lib/use-error-text";
import { useTRPC } from "@/components/lib/trpc";
import { useLazyDialog } from "@/components/lib/use-lazy-dialog";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ItemAllocation } from "@/server/allocation/schema";
import type { ItemRef } from "@/server/directory/schema";

// Forms and what checks them come when the first of the dialogs is asked for.
const ItemDialogs = dynamic(() => import("@/components/allocation/item-dialogs").then((m) => m.ItemDialogs), {
  ssr: false,
});

/** What the organization says of a project, person or key: its own name, tags and who bears the cost, and since when. */
export function ItemCard({ item }: { item: ItemRef }) {
  const t = useTranslations("allocation.item");
  const org = useOrg().slug;
  const mayWrite = useCan("allocation:write");
  const explain = useErrorText();
  const { dialog, wasAsked, open, close } = useLazyDialog<ItemDialog>();
  const { data, error } = useQuery(useTRPC().allocation.item.queryOptions({ org, ...item }));
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>{t("title")}</CardTitle>
        {mayWrite && data && (
          <CardAction className="flex-wrap justify-end">
            <Button variant="outline" size="sm" onClick={() => open("alias")}>
              {t("rename")}
            </Button>
            <Button variant="outline" size="sm" onClick={() => open("tag")}>
              {t("setTag")}
            </Button>
            <Button variant="outline" size="sm" onClick={() => open("rule")}>
              {t("setRule")}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {error && <p className="text-13 text-muted-foreground">{explain(error).text}</p>}
        {!error && !data && <Skeleton className="h-16" />}
        {data && <Contents data={data} own={item.kind} />}
      </CardContent>
      {data && wasAsked && <ItemDialogs item={item} data={data} open={dialog} onClose={close} />}
    </Card>
  );
}

function Contents({ data, own }: { data: ItemAllocation; own: ItemRef["kind"] }) {
  const t = useTranslations("allocation.item");
  const ruleText = useRuleText();
  const { member, effective, tags, rules } = data;
  const from = (source: ItemRef["kind"]) => source !== own && <Inherited source={source} />;
  return (
    <div className="grid gap-5 sm:grid-cols-3">
      <Part title={t("name")}>
        {member.providerName === undefined ? (
          <p className="text-muted-foreground">{t("noAlias")}</p>
        ) : (
          <p dir="auto" className="break-words">
            {t("providerName", { name: member.providerName ?? member.key ?? "" })}
          </p>
        )}
      </Part>
      <Part title={t("tags")}>
        {effective.tags.length === 0 ? (
          <p className="text-muted-foreground">{t("noTags")}</p>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {effective.tags.map(({ key, value, source }) => (
              <li key={key} className="flex min-w-0 items-center gap-1.5">
                <Badge variant="outline" className="max-w-full" title={`${key}: ${value}`}>
                  <span className="text-muted-foreground">{key}</span>
                  <span className="name-text text-foreground">{value}</span>
                </Badge>
                {from(source)}
              </li>
            ))}
          </ul>
        )}
        {tags.map(({ key, timeline }) => (
          <Timeline key={key} title={key} entries={timeline} textOf={(value) => value ?? t("none")} />
        ))}
      </Part>
      <Part title={t("rule")}>
        {effective.rule ? (
          <p className="flex flex-wrap items-center gap-x-1.5 break-words">
            {ruleText(effective.rule.value)} {from(effective.rule.source)}
          </p>
        ) : (
          <p className="text-muted-foreground">{t("noRule")}</p>
        )}
        <Timeline title={t("rule")} entries={rules} textOf={ruleText} />
      </Part>
    </div>
  );
}

function Inherited({ source }: { source: ItemRef["kind"] }) {
  const t = useTranslations("allocation.item");
  return <span className="text-xs text-muted-foreground">{t(`inherited.${source}`)}</span>;
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid min-w-0 content-start gap-2 text-13">
    <h3 className="text-xs text-muted-foreground">{title}</h3>
    {children}
  </section>
);
