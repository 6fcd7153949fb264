"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useRefusalText } from "@/components/auth/use-refusal-text";
import { useSignIn } from "@/components/auth/use-sign-in";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

type CodeFormProps = {
  pendingToken: string;
  linkToken?: string;
  callbackPath: string;
  /** Back to the first step: for when this took too long. */
  onStartAgain: () => void;
};

/** The second step of signing in: a code of the app, or a recovery code. */
export function CodeForm({ pendingToken, linkToken, callbackPath, onStartAgain }: CodeFormProps) {
  const t = useTranslations("auth.code");
  const refusalText = useRefusalText();
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const [code, setCode] = useState("");
  const { outcome, isBusy, present } = useSignIn(callbackPath);
  const isOver = outcome?.kind === "refused" && outcome.reason === "pending_expired";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void present({ pendingToken, code, ...(linkToken ? { linkToken } : {}) });
  };
  const switchKind = () => {
    setKind(kind === "app" ? "recovery" : "app");
    setCode("");
  };

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <div>
        <h2 className="text-sm font-medium">{t("title")}</h2>
        <p className="text-13 text-muted-foreground">{t("lead")}</p>
      </div>
      <Field label={t(kind)} hint={t(`${kind}Hint`)}>
        {(control) => (
          <Input
            key={kind}
            {...control}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            inputMode={kind === "app" ? "numeric" : "text"}
            autoComplete={kind === "app" ? "one-time-code" : "off"}
            autoCapitalize="off"
            spellCheck={false}
            maxLength={40}
            autoFocus
            className="h-9 font-mono tracking-wider"
          />
        )}
      </Field>
      <FormError error={refusalText(outcome)} />
      {isOver ? (
        <Button size="lg" onClick={onStartAgain}>
          {t("back")}
        </Button>
      ) : (
        <>
          <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("submitting")}>
            {t("submit")}
          </SubmitButton>
          <Button variant="ghost" onClick={switchKind}>
            {t(kind === "app" ? "useRecovery" : "useApp")}
          </Button>
        </>
      )}
    </form>
  );
}
