"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DeviceIcon, useDeviceName, useMethodName } from "@/components/account/device-label";
import { Section } from "@/components/account/section";
import type { SessionEntry } from "@/components/account/types";
import { useWhen } from "@/components/account/use-when";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

export function SessionList({ sessions }: { sessions: readonly SessionEntry[] }) {
  const t = useTranslations("account.sessions");
  return (
    <Section title={t("title")} lead={t("lead")} action={sessions.length > 1 && <EndOthers />}>
      <ul className="-my-3 divide-y">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length === 1 && <p className="mt-4 text-13 text-muted-foreground">{t("onlyThis")}</p>}
    </Section>
  );
}

function SessionRow({ session }: { session: SessionEntry }) {
  const t = useTranslations("account.sessions");
  const device = useDeviceName()(session.device);
  const method = useMethodName()(session.method);
  const when = useWhen();
  const { isCurrent, twoFactor, ip, startedAt, lastSeenAt } = session;
  const facts = [
    isCurrent ? t("now") : t("lastSeen", { when: when.relative(lastSeenAt) }),
    t("started", { when: when.relative(startedAt) }),
    ip ?? t("noAddress"),
    method,
    ...(twoFactor ? [t("withTwoFactor")] : []),
  ];
  return (
    <li className="flex items-center gap-3 py-3">
      <DeviceIcon kind={session.device.kind} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {device}
          {isCurrent && <Badge variant="accent">{t("this")}</Badge>}
        </p>
        <p className="text-xs text-pretty break-words text-muted-foreground" title={when.exact(lastSeenAt)}>
          {facts.join(" · ")}
        </p>
      </div>
      {!isCurrent && <EndOne sessionId={session.id} device={device} />}
    </li>
  );
}

function EndOne({ sessionId, device }: { sessionId: string; device: string }) {
  const t = useTranslations("account.sessions");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onError = useErrorToast();
  const revoke = useMutation(
    trpc.account.revokeSession.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("revoked")),
      onSettled: () => queryClient.invalidateQueries(trpc.account.pathFilter()),
    }),
  );
  return (
    <Button
      variant="outline"
      size="sm"
      aria-label={t("revokeNamed", { device })}
      disabled={revoke.isPending}
      onClick={() => revoke.mutate({ sessionId })}
    >
      {t("revoke")}
    </Button>
  );
}

function EndOthers() {
  const t = useTranslations("account.sessions");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const revoke = useMutation(
    trpc.account.revokeOtherSessions.mutationOptions({
      onSuccess: async ({ ended }) => {
        toast.success(t("revokedOthers", { count: ended }));
        setOpen(false);
        await queryClient.invalidateQueries(trpc.account.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button variant="destructive-outline" onClick={() => setOpen(true)}>
        {t("revokeOthers")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t("revokeOthersTitle")}
        text={t("revokeOthersText")}
        submit={t("revokeOthers")}
        mutation={revoke}
        onConfirm={() => revoke.mutate()}
      />
    </>
  );
}
