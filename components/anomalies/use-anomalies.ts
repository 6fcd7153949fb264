"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { anomalyMarks } from "@/components/anomalies/anomaly-marks";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import type { ChartMark } from "@/components/charts/prepare/types";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useIsInteractive } from "@/components/lib/use-is-interactive";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { toast } from "@/components/ui/toaster";
import type { Anomaly } from "@/server/anomalies/schema";
import type { DayRange } from "@/server/usage/schema";

/**
 * What stands out in a range; nothing while it is not known, nor while the page's HTML is taken over: the answer may have
 * come after the server drew it.
 */
export function useAnomalies(range: DayRange, { isWanted = true }: { isWanted?: boolean } = {}): readonly Anomaly[] {
  const { slug } = useOrg();
  const { data } = useQuery({ ...useTRPC().anomalies.list.queryOptions({ org: slug, range }), enabled: isWanted });
  const isInteractive = useIsInteractive();
  return (isInteractive && data?.anomalies) || none;
}

const none: readonly Anomaly[] = [];

/**
 * Flags for a chart. Anomalies are of UTC days: `areDays` says that the buckets are these very days; of others the sentence
 * names the days. `bucketOf` has to be the same function while nothing changes.
 */
export function useAnomalyMarks(
  anomalies: readonly Anomaly[],
  { bucketOf, areDays }: { bucketOf: (day: Day) => Day | undefined; areDays: boolean },
): readonly ChartMark[] {
  const t = useTranslations("anomalies");
  const words = useAnomalyWords();
  const format = useFormat();
  return useMemo(
    () =>
      anomalyMarks(anomalies, {
        bucketOf,
        say: (anomaly, { from, to, amount, expected }) => {
          const figures = {
            name: words.name(anomaly),
            amount: format.money(amount),
            expected: format.money(expected),
          };
          return areDays ? t("mark", figures) : t("markOfDays", { ...figures, days: format.dayRange(from, to) });
        },
      }),
    [anomalies, bucketOf, areDays, t, words, format],
  );
}

/** Dismissing and taking that back; lists and flags follow. */
export function useAnomalyMutations(onDone?: () => void) {
  const t = useTranslations("anomalies");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.anomalies.list.pathFilter());
  const restore = useMutation(
    trpc.anomalies.restore.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast.success(t("restored"));
      },
    }),
  );
  const dismiss = useMutation(
    trpc.anomalies.dismiss.mutationOptions({
      onSuccess: async (_, { reason: _reason, ...ref }) => {
        await refresh();
        toast.success(t("dismissed"), { action: { label: t("undo"), onClick: () => restore.mutate(ref) } });
        onDone?.();
      },
    }),
  );
  return { dismiss, restore };
}
