"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { BudgetPreview } from "@/components/imports/budget-preview";
import { OrganizationChoice } from "@/components/imports/organization-choice";
import { OverlapTable } from "@/components/imports/overlap-table";
import { PreviewTotals } from "@/components/imports/preview-totals";
import type { Draft } from "@/components/imports/use-draft";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";

/** What the files hold together, what they meet, and the decision. */
export function PreviewSection({ draft, importId }: { draft: Draft; importId: string }) {
  const t = useTranslations("imports");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [connectionId, setConnectionId] = useState<string | null>(null);
  const input = { org, importId, connectionId };
  const preview = useQuery({ ...trpc.imports.preview.queryOptions(input), placeholderData: keepPreviousData });
  const commit = useMutation(
    trpc.imports.commit.mutationOptions({
      onSuccess: async () => {
        toast.success(t("new.done"));
        draft.forget();
        // Every figure may be another one now.
        await queryClient.invalidateQueries();
      },
    }),
  );
  if (preview.error) return <FormError error={errorText(preview.error)} />;
  if (!preview.data) return <Skeleton className="h-40" />;
  const { data } = preview;
  const shared = data.days?.shared ?? 0;
  const hasGaps = data.days !== null && data.days.missing.length > 0;
  return (
    <form
      method="post"
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        commit.mutate(input);
      }}
    >
      <OrganizationChoice organization={data.organization} connectionId={connectionId} onChoose={setConnectionId} />
      <PreviewTotals preview={data} />
      {hasGaps && <Callout>{t("preview.gaps", { count: data.days?.missing.length ?? 0 })}</Callout>}
      {shared > 0 && <Callout>{t("preview.shared", { count: shared })}</Callout>}
      {data.days !== null && <OverlapTable overlaps={data.overlaps} />}
      <BudgetPreview budgets={data.budgets} />
      <FormError error={commit.error ? errorText(commit.error) : null} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" variant="outline" onClick={draft.discard}>
          {t("new.discard")}
        </Button>
        <SubmitButton isPending={commit.isPending} disabled={data.organization.openaiOrgId === null}>
          {t("new.commit", { count: data.files.length })}
        </SubmitButton>
      </div>
    </form>
  );
}
