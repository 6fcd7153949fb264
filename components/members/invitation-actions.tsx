"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { EllipsisIcon, MailIcon, MailXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useRoles } from "@/components/members/use-roles";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import type { InvitationSummary } from "@/server/members/schema";

/** Send again, take back. What makes an owner is the owners' to touch. */
export function InvitationActions({ invitation }: { invitation: InvitationSummary }) {
  const t = useTranslations("team.pending");
  const { id: invitationId, email } = invitation;
  const org = useOrg().slug;
  const [isRevoking, setRevoking] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const { resend, revoke } = useInvitationMutations(email, { onLink: setLink, onRevoked: () => setRevoking(false) });
  if (!useRoles().includes(invitation.role)) return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("menu", { email })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => resend.mutate({ org, invitationId })}>
            <MailIcon />
            {t("resend")}
          </DropdownMenuItem>
          <DropdownMenuItem variant="destructive" onSelect={() => setRevoking(true)}>
            <MailXIcon />
            {t("revoke")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        isOpen={isRevoking}
        onOpenChange={setRevoking}
        title={t("revokeTitle", { email })}
        text={t("revokeText")}
        submit={t("revoke")}
        mutation={revoke}
        onConfirm={() => revoke.mutate({ org, invitationId })}
      />
      <NewLink email={email} link={link} onClose={() => setLink(null)} />
    </>
  );
}

type Reactions = { onLink: (link: string) => void; onRevoked: () => void };

function useInvitationMutations(email: string, { onLink, onRevoked }: Reactions) {
  const t = useTranslations("team.pending");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queryClient.invalidateQueries(trpc.members.invitations.pathFilter());
  const resend = useMutation(
    trpc.members.resendInvitation.mutationOptions({
      onError,
      onSettled,
      onSuccess: ({ link }) => {
        if (link) onLink(link);
        else toast.success(t("resent", { email }), { description: t("resentText") });
      },
    }),
  );
  const revoke = useMutation(
    trpc.members.revokeInvitation.mutationOptions({
      onSettled,
      onSuccess: () => {
        toast.success(t("revoked", { email }));
        onRevoked();
      },
    }),
  );
  return { resend, revoke };
}

function NewLink({ email, link, onClose }: { email: string; link: string | null; onClose: () => void }) {
  const t = useTranslations("team");
  return (
    <Dialog open={link !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("pending.linkTitle", { email })}</DialogTitle>
          <DialogDescription>{t("pending.linkText")}</DialogDescription>
        </DialogHeader>
        <p className="flex min-w-0 items-center gap-2 rounded-lg border bg-muted/60 py-1.5 pr-1.5 pl-3 font-mono text-xs">
          <span className="min-w-0 flex-1 truncate">{link}</span>
          <CopyButton value={link ?? ""} label={t("invite.copyLink", { email })} />
        </p>
      </DialogContent>
    </Dialog>
  );
}
