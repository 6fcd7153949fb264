"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { ContentFields, RhythmFields } from "@/components/exports/schedule-fields";
import { ScheduleForm, toForm, toInput } from "@/components/exports/schedule-form";
import { TargetFields } from "@/components/exports/target-fields";
import { useViewContents } from "@/components/exports/use-view-contents";
import { DialogForm } from "@/components/forms/form-dialog";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import type { ScheduleEntry } from "@/server/exports/schema";

type ScheduleDialogProps = { schedule: ScheduleEntry | null; onClose: () => void };

/** What is exported, when, and where to; mounted anew for each schedule. */
export function ScheduleDialog({ schedule, onClose }: ScheduleDialogProps) {
  const t = useTranslations("exports.schedule");
  const { slug: org, timezone } = useOrg();
  const form = useForm<ScheduleForm>({ resolver: zodResolver(ScheduleForm), defaultValues: toForm(schedule) });
  const save = useSave(schedule, onClose);
  const views = useViewContents();
  const others = { former: schedule?.search ?? "", views };
  const submit = form.handleSubmit((values) => save.mutate({ org, ...toInput(values, others) }));
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-h-[90dvh] overflow-y-auto sm:max-w-xl">
        <DialogForm
          title={schedule ? t("changeTitle", { name: schedule.name }) : t("title")}
          text={t("text", { zone: timezone })}
          mutation={save}
          submit={{ label: schedule ? t("save") : t("submit") }}
          onSubmit={submit}
          onClose={onClose}
        >
          <ContentFields form={form} isKept={schedule !== null} views={views} />
          <RhythmFields form={form} />
          <TargetFields form={form} hasSecret={schedule?.target.kind === "s3"} />
        </DialogForm>
      </DialogContent>
    </Dialog>
  );
}

function useSave(schedule: ScheduleEntry | null, onDone: () => void) {
  const t = useTranslations("exports.schedule");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.exports.pathFilter());
      toast.success(t("saved"));
      onDone();
    },
  };
  const create = useMutation(trpc.exports.createSchedule.mutationOptions(options));
  const update = useMutation(trpc.exports.updateSchedule.mutationOptions(options));
  type Order = Parameters<typeof create.mutate>[0];
  const { isPending, error } = schedule ? update : create;
  const mutate = (order: Order) =>
    schedule ? update.mutate({ ...order, scheduleId: schedule.id }) : create.mutate(order);
  return { mutate, isPending, error };
}
