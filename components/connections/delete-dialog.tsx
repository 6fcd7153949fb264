"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { DialogForm, FormDialog } from "@/components/forms/form-dialog";
import { Field } from "@/components/forms/field";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toaster";
import type { ConnectionStatus } from "@/server/connections/schema";

type DialogProps = {
  connection: { id: string; name: string; isSample: boolean; status: ConnectionStatus };
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onDeleted?: () => void;
};

type History = "keep" | "erase";

/**
 * Says what will be gone, lets the history be kept, and asks for the name before history is erased. Invented history is
 * erased in any case; of a deleted connection nothing else is left to go.
 */
export function DeleteConnectionDialog({ connection, isOpen, onOpenChange, onDeleted }: DialogProps) {
  return (
    <FormDialog isOpen={isOpen} onClose={() => onOpenChange(false)}>
      <DeleteForm connection={connection} onOpenChange={onOpenChange} onDeleted={onDeleted} />
    </FormDialog>
  );
}

function DeleteForm({ connection, onOpenChange, onDeleted }: Omit<DialogProps, "isOpen">) {
  const t = useTranslations("connections");
  const isDeleted = connection.status === "deleted";
  const hasChoice = !connection.isSample && !isDeleted;
  const [history, setHistory] = useState<History>(hasChoice ? "keep" : "erase");
  const [typed, setTyped] = useState("");
  const [isMismatch, setMismatch] = useState(false);
  const remove = useDelete(connection, history, () => {
    onOpenChange(false);
    onDeleted?.();
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isConfirmed = history === "keep" || typed.trim() === connection.name.trim();
    setMismatch(!isConfirmed);
    if (isConfirmed) remove.run();
  };

  return (
    <DialogForm
      title={t(isDeleted ? "kept.eraseTitle" : "remove.title", { name: connection.name })}
      text={
        <>
          {!isDeleted && t("remove.text")} {!hasChoice && t("remove.eraseText")}
        </>
      }
      mutation={remove}
      submit={{
        label: t(isDeleted ? "kept.erase" : history === "erase" ? "remove.submitErase" : "remove.submitKeep"),
        pendingLabel: t(isDeleted ? "kept.erasing" : "remove.submitting"),
        variant: "destructive",
      }}
      onSubmit={submit}
      onClose={() => onOpenChange(false)}
    >
      {hasChoice && <HistoryChoice value={history} onChange={setHistory} />}
      {history === "erase" && (
        <Field
          label={t("remove.confirm", { name: connection.name })}
          error={isMismatch ? t("remove.confirmMismatch") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}

function HistoryChoice({ value, onChange }: { value: History; onChange: (history: History) => void }) {
  const t = useTranslations("connections.remove");
  const options = [
    { value: "keep", label: t("keep"), text: t("keepText") },
    { value: "erase", label: t("erase"), text: t("eraseText") },
  ] as const;
  return (
    <fieldset>
      <legend className="mb-2 text-13 font-medium">{t("question")}</legend>
      <RadioGroup
        value={value}
        onValueChange={(next) => onChange(next === "erase" ? "erase" : "keep")}
        aria-label={t("question")}
      >
        {options.map((option) => (
          <label key={option.value} className="flex cursor-pointer items-start gap-2.5 text-13">
            <RadioGroupItem value={option.value} className="mt-0.5" />
            <span className="grid gap-0.5">
              <span className="font-medium">{option.label}</span>
              <span className="text-xs text-pretty text-muted-foreground">{option.text}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}

function useDelete(connection: DialogProps["connection"], history: History, onDone: () => void) {
  const t = useTranslations("connections.toast");
  const said = connection.status === "deleted" ? "erased" : "deleted";
  const trpc = useTRPC();
  const org = useOrg().slug;
  const queryClient = useQueryClient();
  const mutation = useMutation(
    trpc.connections.delete.mutationOptions({
      onSuccess: async () => {
        toast.success(t(said, { name: connection.name }), {
          description: t(history === "erase" ? "deletedErased" : "deletedKept"),
        });
        onDone();
        await queryClient.invalidateQueries(trpc.pathFilter());
      },
    }),
  );
  return {
    run: () => mutation.mutate({ org, connectionId: connection.id, history }),
    error: mutation.error,
    isPending: mutation.isPending,
  };
}
