"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompareArrowsIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useErrorText } from "@/components/lib/use-error-text";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { useUsageRange } from "@/components/usage/range-context";
import { useMemberLabel } from "@/components/usage/use-member-words";
import { MAX_COMPARED } from "@/server/usage/constants";
import type { BreakdownDimension } from "@/server/usage/schema";

/** So many are listed; a search finds the others. */
const LISTED = 50;

type CompareMembersProps = {
  dimension: BreakdownDimension;
  memberKey: string;
  /** The others, in the order in which they were chosen. */
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

/** Chooses whom a member is drawn beside, from those with most spend in the range. */
export function CompareMembers(props: CompareMembersProps) {
  const t = useTranslations("usage.trends");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm">
          <GitCompareArrowsIcon />
          {props.chosen.length === 0 ? t("compare") : t("compared", { count: props.chosen.length })}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-80">
        <MemberChoice {...props} />
      </PopoverContent>
    </Popover>
  );
}

function MemberChoice({ dimension, memberKey, chosen, onChange }: CompareMembersProps) {
  const t = useTranslations("usage.trends");
  const id = useId();
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  const label = useMemberLabel();
  const explain = useErrorText();
  const [text, setText] = useState("");
  const { data, error, isPending } = useQuery(useTRPC().usage.breakdown.queryOptions({ org: slug, dimension, range }));
  if (isPending) return <Skeleton className="h-40" />;
  if (error) return <p className="text-13 text-muted-foreground">{explain(error).text}</p>;
  const wanted = text.trim().toLowerCase();
  const shown = data.rows
    .filter(({ key }) => key !== null && key !== memberKey)
    .filter((row) => [label(row), row.key, row.detail].some((part) => part?.toLowerCase().includes(wanted)))
    .slice(0, LISTED);
  const isFull = chosen.length >= MAX_COMPARED - 1;
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <div className="grid gap-2">
      <Label htmlFor={id} className="sr-only">
        {t("search")}
      </Label>
      <Input id={id} value={text} placeholder={t("search")} onChange={(event) => setText(event.target.value)} />
      {shown.length === 0 && <p className="py-4 text-center text-13 text-muted-foreground">{t("nobody")}</p>}
      <ul aria-label={t("compare")} className="max-h-60 overflow-y-auto scrollbar-thin">
        {shown.map((row) => {
          const key = row.key ?? "";
          const isChosen = chosen.includes(key);
          return (
            <li key={key}>
              <Label className="flex min-w-0 items-center gap-2 rounded-sm px-1 py-1 font-normal hover:bg-accent">
                <Checkbox checked={isChosen} disabled={isFull && !isChosen} onCheckedChange={() => toggle(key)} />
                <span className="name-text">{label(row)}</span>
              </Label>
            </li>
          );
        })}
      </ul>
      <p className="text-xs text-muted-foreground">{t("limit", { count: MAX_COMPARED - 1 })}</p>
    </div>
  );
}
