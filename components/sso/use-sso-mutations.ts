"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { toast } from "@/components/ui/toaster";

/** What can be changed about single sign-on; `onDone` runs once it is changed. The list is read again after failures, too. */
export function useSsoMutations(onDone?: () => void) {
  const t = useTranslations("sso");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries(trpc.sso.pathFilter());
  const finish = (sentence: string) => {
    toast.success(sentence);
    onDone?.();
  };
  return {
    setProvider: useMutation(
      // What was typed is not kept.
      trpc.sso.setProvider.mutationOptions({ gcTime: 0, onSettled, onSuccess: () => finish(t("provider.saved")) }),
    ),
    removeProvider: useMutation(
      trpc.sso.removeProvider.mutationOptions({ onSettled, onSuccess: () => finish(t("provider.removed")) }),
    ),
    require: useMutation(
      trpc.sso.require.mutationOptions({
        onSettled,
        onSuccess: (_, { isRequired }) => finish(t(isRequired ? "require.turnedOn" : "require.turnedOff")),
      }),
    ),
    addDomain: useMutation(
      trpc.sso.addDomain.mutationOptions({
        onSettled,
        onSuccess: ({ domain }) => finish(t("domains.added", { domain })),
      }),
    ),
    verifyDomain: useMutation(
      trpc.sso.verifyDomain.mutationOptions({
        onSettled,
        onSuccess: (_, { domain }) => finish(t("domains.verifiedToast", { domain })),
      }),
    ),
    removeDomain: useMutation(
      trpc.sso.removeDomain.mutationOptions({
        onSettled,
        onSuccess: (_, { domain }) => finish(t("domains.removed", { domain })),
      }),
    ),
  };
}
