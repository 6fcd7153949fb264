"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

/** Takes a deletion back. */
export function TakeBackButton() {
  const t = useTranslations("orgs.deletion");
  const { slug, name } = useOrg();
  const router = useRouter();
  const onError = useErrorToast();
  const cancel = useMutation(
    useTRPC().orgs.cancelDeletion.mutationOptions({
      onError,
      onSettled: () => router.refresh(),
      onSuccess: () => toast.success(t("takenBack", { name })),
    }),
  );
  return (
    <Button variant="outline" size="sm" disabled={cancel.isPending} onClick={() => cancel.mutate({ org: slug })}>
      {t(cancel.isPending ? "takingBack" : "takeBack")}
    </Button>
  );
}
