"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeftIcon, FlaskConicalIcon, KeyRoundIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConnectFlow } from "@/components/connections/connect-flow";
import { FormError } from "@/components/forms/form-error";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { ChoiceCard } from "@/components/onboarding/choice-card";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/** The first page of an organization without connection: a key of one's own, or the sample. */
export function Welcome() {
  const t = useTranslations("onboarding");
  const org = useOrg();
  const canConnect = useCan("connections:write");
  const [isConnecting, setConnecting] = useState(false);
  const router = useRouter();
  const goToProgress = (id: string) => router.push(`/${org.slug}/welcome/${id}`);

  if (!canConnect) {
    return <Heading title={t("readerTitle")} lead={t("readerText", { org: org.name })} />;
  }
  if (isConnecting) {
    return (
      <>
        <Button variant="ghost" size="sm" className="mb-3 -ml-2.5" onClick={() => setConnecting(false)}>
          <ArrowLeftIcon />
          {t("back")}
        </Button>
        <Heading title={t("connectTitle")} lead={t("connectText")} />
        <div className="mt-6 rounded-xl border bg-card p-5 shadow-raised sm:p-6">
          <ConnectFlow onConnected={goToProgress} />
        </div>
      </>
    );
  }
  return (
    <>
      <Heading title={t("title", { org: org.name })} lead={t("lead")} />
      <div className="mt-6 grid gap-4 sm:grid-cols-2">
        <ChoiceCard Icon={KeyRoundIcon} title={t("connectTitle")} text={t("connectText")}>
          <Button size="lg" className="w-full" onClick={() => setConnecting(true)}>
            {t("connect")}
          </Button>
        </ChoiceCard>
        <SampleChoice onConnected={goToProgress} />
      </div>
    </>
  );
}

function Heading({ title, lead }: { title: string; lead: string }) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      <p className="mt-1 text-pretty text-muted-foreground">{lead}</p>
    </>
  );
}

function SampleChoice({ onConnected }: { onConnected: (connectionId: string) => void }) {
  const t = useTranslations("onboarding");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { lookNow } = useSyncProgress();
  const options = useQuery(trpc.connections.options.queryOptions({ org }));
  const createSample = useMutation(
    trpc.connections.createSample.mutationOptions({
      onSuccess: ({ id }) => {
        onConnected(id);
        lookNow();
        void queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  if (options.data?.hasSample === false) return null;
  const isBusy = createSample.isPending || createSample.isSuccess;
  return (
    <ChoiceCard Icon={FlaskConicalIcon} title={t("sampleTitle")} text={t("sampleText")}>
      <FormError error={createSample.error && errorText(createSample.error)} />
      <Button
        variant="outline"
        size="lg"
        className="w-full"
        aria-disabled={isBusy}
        onClick={() => !isBusy && createSample.mutate({ org })}
      >
        {isBusy && <Spinner />}
        {t(isBusy ? "openingSample" : "sample")}
      </Button>
    </ChoiceCard>
  );
}
