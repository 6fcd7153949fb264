"use client";

import { CircleAlertIcon, CoinsIcon, type LucideIcon, RefreshCwIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useBrokenSentence } from "@/components/connections/broken-callout";
import { cn } from "@/components/lib/cn";
import { addDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { combinedPercent } from "@/components/sync/run-changes";
import { useSyncWords } from "@/components/sync/use-sync-words";
import { type AttentionItem, attentionItems } from "@/components/usage/attention-items";
import type { Freshness, OtherCurrency } from "@/server/usage/schema";

type AttentionProps = { freshness: Freshness; otherCurrencies?: readonly OtherCurrency[] };

const tones = {
  connection: { Icon: CircleAlertIcon, className: "text-destructive-text" },
  stream: { Icon: TriangleAlertIcon, className: "text-warning-text" },
  stale: { Icon: TriangleAlertIcon, className: "text-warning-text" },
  missing: { Icon: TriangleAlertIcon, className: "text-warning-text" },
  arriving: { Icon: RefreshCwIcon, className: "text-info-text" },
  currencies: { Icon: CoinsIcon, className: "text-muted-foreground" },
} as const satisfies Record<AttentionItem["kind"], { Icon: LucideIcon; className: string }>;

/** What to know or do about the figures below. Not there at all when all is well. */
export function Attention({ freshness, otherCurrencies = [] }: AttentionProps) {
  const t = useTranslations("usage.attention");
  const items = attentionItems(freshness, otherCurrencies);
  if (items.length === 0) return null;
  return (
    <section aria-label={t("label")} className="rounded-lg border bg-card">
      <ul className="divide-y">
        {items.map((item) => (
          <AttentionRow key={keyOf(item)} item={item} />
        ))}
      </ul>
    </section>
  );
}

function AttentionRow({ item }: { item: AttentionItem }) {
  const { Icon, className } = tones[item.kind];
  const { text, link } = useWords(item);
  return (
    <li className="flex items-start gap-x-2.5 gap-y-1 px-4 py-2.5 text-13 max-sm:flex-wrap sm:px-5">
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", className)} />
      <p className="min-w-0 flex-1 text-pretty max-sm:basis-[calc(100%-1.625rem)]">{text}</p>
      {link && (
        <Link
          href={link.href}
          className="shrink-0 rounded-sm font-medium text-primary-text max-sm:ml-6.5 underline-offset-4 hover:underline"
        >
          {link.label}
        </Link>
      )}
    </li>
  );
}

/** A sentence and where it leads, by kind. */
function useWords(item: AttentionItem): { text: ReactNode; link?: { href: string; label: string } } {
  const t = useTranslations("usage.attention");
  const { slug } = useOrg();
  const format = useFormat();
  const { runs } = useSyncProgress();
  const sync = useSyncWords();
  const brokenSentence = useBrokenSentence();
  const connections = { href: `/${slug}/connections`, label: t("seeConnections") };
  const few = (words: readonly string[]) => {
    const shown = words.slice(0, 3).join(", ");
    return words.length > 3 ? t("andMore", { shown, count: words.length - 3 }) : shown;
  };
  const ranges = (missing: Freshness["missing"]) =>
    few(missing.map(({ from, to }) => format.dayRange(from, addDays(to, -1))));
  const lists = (names: readonly string[]) => few(names.map((name) => `“${sync.streamName(name)}”`));
  switch (item.kind) {
    case "connection": {
      const link = { href: `/${slug}/connections/${item.connectionId}`, label: t("seeConnection") };
      if (item.code === "paused") return { text: t("paused", { name: item.connectionName }), link };
      return { text: t("failed", { name: item.connectionName, reason: brokenSentence(item.code) }), link };
    }
    case "stream": {
      const link = { href: `/${slug}/connections/${item.connectionId}`, label: t("seeConnection") };
      const values = { name: item.connectionName, streams: lists(item.streams) };
      return { text: t("stream", { ...values, reason: sync.errorSentence(item.code) }), link };
    }
    case "arriving": {
      const percent = combinedPercent(runs ?? []);
      const values = { count: item.days, ranges: ranges(item.missing) };
      return {
        text: percent === null ? t("arriving", values) : t("arrivingPercent", { ...values, percent }),
        link: connections,
      };
    }
    case "missing": {
      const values = { count: item.days, ranges: ranges(item.missing) };
      const text =
        item.streams.length === 0 ? t("missing", values) : t("missingOf", { ...values, streams: lists(item.streams) });
      return { text, link: connections };
    }
    case "stale":
      return { text: t("stale", { time: format.instant(item.asOf, "full") }), link: connections };
    case "currencies":
      return {
        text: t("currencies", {
          amounts: item.amounts
            .map(({ currency, amount }) => `${format.countExact(amount)} ${currency.toUpperCase()}`)
            .join(", "),
        }),
      };
    default:
      return item satisfies never;
  }
}

const keyOf = (item: AttentionItem) =>
  item.kind === "connection" || item.kind === "stream" ? `${item.kind} ${item.connectionId} ${item.code}` : item.kind;
