"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { PlusIcon, TerminalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { CreateTokenDialog } from "@/components/tokens/create-token-dialog";
import { TokenTable } from "@/components/tokens/token-table";
import { Button } from "@/components/ui/button";

export function ApiTokensClient() {
  const t = useTranslations("tokens");
  const org = useOrg().slug;
  const canWrite = useCan("tokens:write");
  const [isCreating, setCreating] = useState(false);
  const [round, setRound] = useState(0);
  const { data: tokens } = useSuspenseQuery(useTRPC().tokens.list.queryOptions({ org }));
  const begin = () => {
    setRound(round + 1);
    setCreating(true);
  };
  const isEmpty = tokens.length === 0;
  const create = canWrite && (
    <Button onClick={begin}>
      <PlusIcon />
      {t("create.action")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={!isEmpty && create} />
      {isEmpty ? (
        <EmptyState icon={TerminalIcon} title={t("empty")} description={t("emptyText")} action={create} />
      ) : (
        <TokenTable tokens={tokens} />
      )}
      {canWrite && <CreateTokenDialog key={round} isOpen={isCreating} onOpenChange={setCreating} />}
    </>
  );
}
