"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { toast } from "@/components/ui/toaster";

/** What can be done to saved views; the lists follow. */
export function useViewMutations(onDone: () => void) {
  const t = useTranslations("explore.views");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const after = (message: string) => ({
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.explore.views.pathFilter());
      toast.success(message);
      onDone();
    },
  });
  return {
    create: useMutation(trpc.explore.createView.mutationOptions(after(t("saved")))),
    update: useMutation(trpc.explore.updateView.mutationOptions(after(t("saved")))),
    remove: useMutation(trpc.explore.deleteView.mutationOptions(after(t("deleted")))),
  };
}
