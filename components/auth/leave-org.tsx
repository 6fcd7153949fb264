"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";

/** The way out for a member who cannot or will not meet what an organization demands of a session. */
export function LeaveOrg({ org: { slug, name } }: { org: { slug: string; name: string } }) {
  const t = useTranslations("auth.demand");
  const words = useTranslations("team.leave");
  const [isOpen, setOpen] = useState(false);
  const leave = useMutation(
    useTRPC().members.leave.mutationOptions({
      // A full load forgets what was cached of the organization.
      // oxlint-disable-next-line tollkeeper/no-full-load -- see above
      onSuccess: () => window.location.assign("/orgs"),
    }),
  );
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        {t("leave", { org: name })}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={words("title", { org: name })}
        text={words("text")}
        submit={words("submit")}
        mutation={leave}
        onConfirm={() => leave.mutate({ org: slug })}
      />
    </>
  );
}
