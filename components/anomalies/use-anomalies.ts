"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import type { ChartMark } from "@/components/charts/prepare/types";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { toast } from "@/components/ui/toaster";
import type { Anomaly } from "@/server/anomalies/schema";
import type { DayRange } from "@/server/usage/schema";

/** What stands out in a range; nothing while it is not known. */
export function useAnomalies(range: DayRange, { isWanted = true }: { isWanted?: boolean } = {}): readonly Anomaly[] {
  const { slug } = useOrg();
  const { data } = useQuery({ ...useTRPC().anomalies.list.queryOptions({ org: slug, range }), enabled: isWanted });
  return data?.anomalies ?? none;
}

const none: readonly Anomaly[] = [];

/** Flags for charts by UTC day; dismissed ones have none. */
export function useAnomalyMarks(anomalies: readonly Anomaly[]): readonly ChartMark[] {
  const t = useTranslations("anomalies");
  const words = useAnomalyWords();
  const format = useFormat();
  return useMemo(
    () =>
      anomalies
        .filter(({ dismissal }) => dismissal === null)
        .flatMap((anomaly) =>
          anomaly.days.map(({ day, amount, expected }) => ({
            day,
            text: t("mark", {
              name: words.name(anomaly),
              amount: format.money(amount),
              expected: format.money(expected),
            }),
          })),
        ),
    [anomalies, t, words, format],
  );
}

/** Dismissing and taking that back; lists and flags follow. */
export function useAnomalyMutations(onDone?: () => void) {
  const t = useTranslations("anomalies");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = (message: string) => ({
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.anomalies.list.pathFilter());
      toast.success(message);
      onDone?.();
    },
  });
  return {
    dismiss: useMutation(trpc.anomalies.dismiss.mutationOptions(after(t("dismissed")))),
    restore: useMutation(trpc.anomalies.restore.mutationOptions(after(t("restored")))),
  };
}
