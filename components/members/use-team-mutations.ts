"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { toast } from "@/components/ui/toaster";
import type { MemberSummary, Role } from "@/server/members/schema";

/** What can be done about one member; `onDone` closes whatever asked for it. */
export function useTeamMutations({ userId, name, isYou }: MemberSummary, onDone: () => void) {
  const t = useTranslations("team");
  const trpc = useTRPC();
  const org = useOrg();
  const router = useRouter();
  const queryClient = useQueryClient();
  const finish = async (sentence: string) => {
    toast.success(sentence);
    onDone();
    await queryClient.invalidateQueries(trpc.members.pathFilter());
    // What one may do oneself is part of the page's frame.
    if (isYou) router.refresh();
  };

  const changeRole = useMutation(
    trpc.members.changeRole.mutationOptions({
      onSuccess: (_, { role }) => finish(t("changeRole.done", { name, role })),
    }),
  );
  const remove = useMutation(
    trpc.members.remove.mutationOptions({ onSuccess: () => finish(t("remove.done", { name })) }),
  );
  const transfer = useMutation(
    trpc.members.transfer.mutationOptions({
      onSuccess: async () => {
        await finish(t("transfer.done", { name }));
        router.refresh();
      },
    }),
  );
  const leave = useMutation(
    trpc.members.leave.mutationOptions({
      onSuccess: () => {
        // A full load forgets what was cached of the organization.
        // oxlint-disable-next-line tollkeeper/no-full-load -- see above
        window.location.assign("/orgs");
      },
    }),
  );

  const member = { org: org.slug, userId };
  return {
    changeRole: { ...changeRole, run: (role: Role) => changeRole.mutate({ ...member, role }) },
    remove: { ...remove, run: () => remove.mutate(member) },
    transfer: { ...transfer, run: () => transfer.mutate(member) },
    leave: { ...leave, run: () => leave.mutate({ org: org.slug }) },
  };
}
