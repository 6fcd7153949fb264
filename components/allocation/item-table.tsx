"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { RuleForm } from "@/components/allocation/rule-form";
import { TagForm } from "@/components/allocation/tag-form";
import { useRuleText } from "@/components/allocation/use-rule-words";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { MemberName } from "@/components/usage/member-name";
import { dimensionPages, toSegment } from "@/components/usage/member-path";
import { type AssignedItem, MAX_ITEMS } from "@/server/allocation/schema";
import type { ItemKind } from "@/server/directory/schema";

/** Projects, people or keys with what holds for each itself today; several can be changed at once. */
export function ItemTable({ kind }: { kind: ItemKind }) {
  const t = useTranslations("allocation");
  const org = useOrg().slug;
  const mayWrite = useCan("allocation:write");
  const { data } = useSuspenseQuery(useTRPC().allocation.items.queryOptions({ org, kind }));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<"tag" | "rule" | null>(null);
  const columns = useColumns();
  const items = [...selected].map((itemId) => ({ kind, itemId }));
  const isTooMany = items.length > MAX_ITEMS;
  const finish = () => setOpen(null);
  const first = data.find(({ key }) => key !== null && selected.has(key));
  return (
    <Card>
      <DataTable
        label={t(`tabs.${kind}`)}
        columns={columns}
        rows={data}
        rowKey={({ key }) => key ?? ""}
        rowHref={({ key }) => `/${org}/${dimensionPages[kind]}/${toSegment(key)}`}
        selection={mayWrite ? { selected, onSelectedChange: setSelected } : undefined}
        toolbar={
          mayWrite && (
            <div className="flex flex-wrap items-center gap-2">
              <span className="text-13 text-muted-foreground" aria-live="polite">
                {isTooMany ? t("items.tooMany", { count: MAX_ITEMS }) : t("items.selected", { count: items.length })}
              </span>
              {(["tag", "rule"] as const).map((what) => (
                <Button
                  key={what}
                  variant="outline"
                  size="sm"
                  disabled={items.length === 0 || isTooMany}
                  onClick={() => setOpen(what)}
                >
                  {t(what === "tag" ? "items.setTag" : "items.setRule")}
                </Button>
              ))}
            </div>
          )
        }
        empty={t("items.empty")}
      />
      <FormDialog isOpen={open !== null} onClose={finish}>
        {open === "tag" && <TagForm items={items} onClose={finish} />}
        {open === "rule" && <RuleForm items={items} start={first?.rule ?? null} onClose={finish} />}
      </FormDialog>
    </Card>
  );
}

function useColumns(): DataColumn<AssignedItem>[] {
  const t = useTranslations("allocation");
  const ruleText = useRuleText();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("items.name"),
        value: ({ name, key }) => name ?? key,
        cell: (item) => <MemberName member={item} />,
        isHideable: false,
      },
      {
        id: "tags",
        header: t("items.tags"),
        hint: t("items.hint"),
        value: ({ tags }) => tags.map(({ key, value }) => `${key}=${value}`).join(", ") || null,
        cell: ({ tags }) => <Tags tags={tags} />,
      },
      {
        id: "rule",
        header: t("items.rule"),
        hint: t("items.hint"),
        value: ({ rule }) => (rule ? ruleText(rule) : null),
        cell: ({ rule }) =>
          rule && (
            <span className="name-text" title={ruleText(rule)}>
              {ruleText(rule)}
            </span>
          ),
      },
      { id: "id", header: "ID", value: ({ key }) => key, isInitiallyHidden: true },
    ],
    [t, ruleText],
  );
}

const Tags = ({ tags }: Pick<AssignedItem, "tags">) => (
  <span className="flex min-w-0 gap-1.5 overflow-hidden">
    {tags.map(({ key, value }) => (
      <Badge key={key} variant="outline" title={`${key}: ${value}`}>
        {key} <span className="text-foreground">{value}</span>
      </Badge>
    ))}
  </span>
);
