"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { EllipsisIcon, PauseIcon, PencilIcon, PlayIcon, SendIcon, Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ScheduleDialog } from "@/components/exports/schedule-dialog";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorToast } from "@/components/lib/use-error-toast";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toaster";
import type { ScheduleEntry } from "@/server/exports/schema";

/** Run, change, pause, delete. */
export function ScheduleActions({ schedule }: { schedule: ScheduleEntry }) {
  const t = useTranslations("exports.schedule");
  const { slug: org } = useOrg();
  const { name, id: scheduleId, nextAt } = schedule;
  const [asked, setAsked] = useState<"change" | "delete" | null>(null);
  const close = () => setAsked(null);
  const { run, pause, resume, remove } = useScheduleActions(close);
  const ref = { org, scheduleId };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("menu", { name })}>
            <EllipsisIcon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => run.mutate(ref)}>
            <SendIcon />
            {t("run")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsked("change")}>
            <PencilIcon />
            {t("change")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => (nextAt === null ? resume : pause).mutate(ref)}>
            {nextAt === null ? <PlayIcon /> : <PauseIcon />}
            {nextAt === null ? t("resume") : t("pause")}
          </DropdownMenuItem>
          <DropdownMenuItem variant="destructive" onSelect={() => setAsked("delete")}>
            <Trash2Icon />
            {t("delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {asked === "change" && <ScheduleDialog schedule={schedule} onClose={close} />}
      <ConfirmDialog
        isOpen={asked === "delete"}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={t("deleteTitle", { name })}
        text={t("deleteText")}
        submit={t("delete")}
        mutation={remove}
        onConfirm={() => remove.mutate(ref)}
      />
    </>
  );
}

function useScheduleActions(onDeleted: () => void) {
  const t = useTranslations("exports.schedule");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queryClient.invalidateQueries(trpc.exports.pathFilter());
  const done = (word: "started" | "deleted") => () => {
    toast.success(t(word));
    if (word === "deleted") onDeleted();
  };
  return {
    run: useMutation(trpc.exports.runSchedule.mutationOptions({ onSuccess: done("started"), onError, onSettled })),
    pause: useMutation(trpc.exports.pauseSchedule.mutationOptions({ onError, onSettled })),
    resume: useMutation(trpc.exports.resumeSchedule.mutationOptions({ onError, onSettled })),
    remove: useMutation(trpc.exports.deleteSchedule.mutationOptions({ onSuccess: done("deleted"), onSettled })),
  };
}
