"use client";

import { useTranslations } from "next-intl";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { InviteResult, InviteStatus } from "@/server/members/schema";

type InviteResultsProps = { results: readonly InviteResult[]; onMore: () => void; onClose: () => void };

const looks: Record<InviteStatus, BadgeProps["variant"]> = {
  invited: "success",
  already_member: "neutral",
  already_invited: "neutral",
  not_an_address: "warning",
};

/** What became of each address; what could not be invited first. Without a mail server, the links to pass on. */
export function InviteResults({ results, onMore, onClose }: InviteResultsProps) {
  const t = useTranslations("team.invite");
  const invitedCount = results.filter(({ status }) => status === "invited").length;
  const inOrder = results.toSorted((a, b) => Number(a.status === "invited") - Number(b.status === "invited"));
  return (
    <div className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{t("resultTitle", { count: invitedCount })}</DialogTitle>
        <DialogDescription>{t("resultText")}</DialogDescription>
      </DialogHeader>
      {results.some(({ link }) => link) && (
        <Callout variant="info" title={t("linkTitle")}>
          {t("linkText")}
        </Callout>
      )}
      <ul className="max-h-72 divide-y overflow-y-auto rounded-lg border scrollbar-thin">
        {inOrder.map(({ address, status, link }, index) => (
          <li key={`${address}:${index}`} className="flex min-h-10 items-center gap-3 px-3 py-1.5 text-13">
            <span className="min-w-0 flex-1 name-text" title={address}>
              {address}
            </span>
            <Badge variant={looks[status]}>{t(`status.${status}`)}</Badge>
            {link && <CopyButton value={link} label={t("copyLink", { email: address })} />}
          </li>
        ))}
      </ul>
      <DialogFooter>
        <Button variant="outline" onClick={onMore}>
          {t("more")}
        </Button>
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </div>
  );
}
