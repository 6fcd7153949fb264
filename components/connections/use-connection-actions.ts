"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { toast } from "@/components/ui/toaster";

type Named = { id: string; name: string };

/** What can be done to a connection with one press; each says in a toast what happened. */
export function useConnectionActions({ id, name }: Named) {
  const t = useTranslations("connections");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const showError = useErrorToast();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.connections.pathFilter()),
      queryClient.invalidateQueries(trpc.sync.pathFilter()),
    ]);
  const { lookNow } = useSyncProgress();
  const shared = { onError: showError, onSettled: refresh };
  const announce = (sentence: string) => {
    lookNow();
    toast.success(sentence);
  };

  const resume = useMutation(
    trpc.connections.resume.mutationOptions({
      ...shared,
      onSuccess: () => announce(t("toast.resumed", { name })),
    }),
  );
  const pause = useMutation(
    trpc.connections.pause.mutationOptions({
      ...shared,
      onSuccess: () =>
        toast.success(t("toast.paused", { name }), {
          description: t("toast.pausedText"),
          action: { label: t("toast.undo"), onClick: () => resume.mutate({ org, connectionId: id }) },
        }),
    }),
  );
  const start = useMutation(
    trpc.sync.start.mutationOptions({
      ...shared,
      onSuccess: () => announce(t("toast.syncStarted", { name })),
    }),
  );
  const cancel = useMutation(
    trpc.sync.cancel.mutationOptions({ ...shared, onSuccess: () => toast.success(t("toast.syncCancelled")) }),
  );

  return {
    isBusy: resume.isPending || pause.isPending || start.isPending || cancel.isPending,
    pause: () => pause.mutate({ org, connectionId: id }),
    resume: () => resume.mutate({ org, connectionId: id }),
    start: () => start.mutate({ org, connectionId: id, kind: "backfill" }),
    cancel: (runId: string) => cancel.mutate({ org, runId }),
  };
}
