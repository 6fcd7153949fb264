"use client";

import { FileUpIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, type FormEvent, useRef, useState } from "react";
import { Field } from "@/components/forms/field";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { useErrorText } from "@/components/lib/use-error-text";
import { parseAddresses } from "@/components/members/parse-addresses";
import { RoleChoice } from "@/components/members/role-choice";
import { useRoles } from "@/components/members/use-roles";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { DEFAULT_INVITATION_DAYS, MAX_ADDRESSES, type Role } from "@/server/members/schema";

type Order = { org: string; addresses: string[]; role: Role; expiresInDays: number };

type InviteFormProps = {
  mutation: { mutate: (order: Order) => void; isPending: boolean; error: unknown };
  onClose: () => void;
};

const dayChoices = [1, 3, DEFAULT_INVITATION_DAYS, 14, 30];

export function InviteForm({ mutation, onClose }: InviteFormProps) {
  const t = useTranslations("team");
  const ui = useTranslations("ui");
  const org = useOrg();
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("reader");
  const [expiresInDays, setDays] = useState(DEFAULT_INVITATION_DAYS);
  const [isChecked, setChecked] = useState(false);
  const addresses = parseAddresses(text);
  const problem =
    addresses.length === 0
      ? t("invite.none")
      : addresses.length > MAX_ADDRESSES
        ? t("invite.tooMany", { count: addresses.length })
        : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!problem) mutation.mutate({ org: org.slug, addresses, role, expiresInDays });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{t("invite.title", { org: org.name })}</DialogTitle>
        <DialogDescription>{t("invite.text")}</DialogDescription>
      </DialogHeader>
      <Field
        label={t("invite.addresses")}
        hint={t("invite.addressesHint")}
        error={isChecked || addresses.length > MAX_ADDRESSES ? problem : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t("invite.placeholder")}
            autoFocus
            autoCapitalize="off"
            spellCheck={false}
            className="max-h-48"
          />
        )}
      </Field>
      <FileButton onText={(more) => setText((before) => [before.trim(), more.trim()].filter(Boolean).join("\n"))} />
      <RoleChoice label={t("invite.role")} roles={useRoles()} value={role} onValueChange={setRole} />
      <Field label={t("invite.expires")}>
        {(control) => (
          <Select value={String(expiresInDays)} onValueChange={(days) => setDays(Number(days))}>
            <SelectTrigger {...control} className="w-36">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {dayChoices.map((days) => (
                <SelectItem key={days} value={String(days)}>
                  {t("invite.days", { days })}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
      <FormError error={mutation.error ? errorText(mutation.error) : null} />
      <DialogFooter>
        <Button variant="outline" onClick={onClose}>
          {ui("cancel")}
        </Button>
        <SubmitButton isPending={mutation.isPending} pendingLabel={t("invite.submitting")}>
          {t("invite.submit", { count: problem ? 0 : addresses.length })}
        </SubmitButton>
      </DialogFooter>
    </form>
  );
}

/** Adds what a file holds to what was typed. */
function FileButton({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations("team.invite");
  const input = useRef<HTMLInputElement>(null);
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file) onText(await file.text());
    // The same file can be chosen again.
    target.value = "";
  };
  return (
    <div>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        aria-label={t("fromFile")}
        tabIndex={-1}
        onChange={(event) => void read(event)}
        className="sr-only"
      />
      <Button variant="outline" size="sm" onClick={() => input.current?.click()}>
        <FileUpIcon />
        {t("fromFile")}
      </Button>
    </div>
  );
}
