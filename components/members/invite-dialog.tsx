"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { InviteForm } from "@/components/members/invite-form";
import { InviteResults } from "@/components/members/invite-results";
import { Dialog, DialogContent } from "@/components/ui/dialog";

type InviteDialogProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Addresses, role and days; afterwards what became of each address. */
export function InviteDialog({ isOpen, onOpenChange }: InviteDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <InviteSteps onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function InviteSteps({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [round, setRound] = useState(0);
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.members.invitations.pathFilter()),
    }),
  );
  const again = () => {
    invite.reset();
    setRound(round + 1);
  };
  if (invite.data) return <InviteResults results={invite.data} onMore={again} onClose={onClose} />;
  return <InviteForm key={round} mutation={invite} onClose={onClose} />;
}
