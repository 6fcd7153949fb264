"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { toast } from "@/components/ui/toaster";

/** Names and figures stand on many pages: all are read again. */
export const readAllocationAgain = (trpc: ReturnType<typeof useTRPC>, queryClient: QueryClient) =>
  Promise.all(
    [trpc.allocation, trpc.usage, trpc.explore, trpc.chargeback].map((router) =>
      queryClient.invalidateQueries(router.pathFilter()),
    ),
  );

/** What can be changed about names, tags and cost centers. */
export function useAllocationMutations(onDone?: () => void) {
  const t = useTranslations("allocation.done");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => readAllocationAgain(trpc, queryClient);
  const options = (sentence: string) => ({
    onSettled,
    onSuccess: () => {
      toast.success(sentence);
      onDone?.();
    },
  });
  const { allocation } = trpc;
  return {
    setAlias: useMutation(allocation.setAlias.mutationOptions(options(t("alias")))),
    setTag: useMutation(allocation.setTag.mutationOptions(options(t("tag")))),
    setRule: useMutation(allocation.setRule.mutationOptions(options(t("rule")))),
    createCostCenter: useMutation(allocation.createCostCenter.mutationOptions(options(t("created")))),
    updateCostCenter: useMutation(allocation.updateCostCenter.mutationOptions(options(t("changed")))),
    removeCostCenter: useMutation(allocation.removeCostCenter.mutationOptions(options(t("removed")))),
    setMarkup: useMutation(allocation.setMarkup.mutationOptions(options(t("markup")))),
  };
}
