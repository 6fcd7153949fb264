"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { AuthLink } from "@/components/auth/auth-card";
import { CodeForm } from "@/components/auth/code-form";
import { EmailField } from "@/components/auth/email-field";
import { SsoOffer } from "@/components/auth/sso-offer";
import { useRefusalText } from "@/components/auth/use-refusal-text";
import { useSignIn } from "@/components/auth/use-sign-in";
import { useSsoOffer } from "@/components/auth/use-sso-offer";
import { FormError } from "@/components/forms/form-error";
import { Field } from "@/components/forms/field";
import { PasswordInput } from "@/components/forms/password-input";
import { SubmitButton } from "@/components/forms/submit-button";
import { withCallback } from "@/components/lib/callback-path";
import { SignInInput } from "@/server/auth/schema";

type SignInFormProps = {
  callbackPath: string;
  /** Proofs that go along with the password: of a mailed link, or of an identity to be linked. */
  verifyToken?: string;
  linkToken?: string;
  /** The address when it is known already, which then is not asked for. */
  email?: string;
  /** What the field begins with. */
  suggestedEmail?: string;
  submitLabel?: string;
};

/** Address and password, and the code of the second factor where there is one. */
export function SignInForm(props: SignInFormProps) {
  const { callbackPath, verifyToken, linkToken, email, suggestedEmail = "", submitLabel } = props;
  const t = useTranslations("auth");
  const refusalText = useRefusalText();
  const { settle, offer, isPasswordHidden, showPassword } = useOfferInstead(props);
  const { outcome, isBusy, present, reset } = useSignIn(callbackPath);
  const { register, handleSubmit, setFocus, formState } = useForm({
    resolver: zodResolver(SignInInput),
    defaultValues: { email: email ?? suggestedEmail, password: "" },
  });

  if (outcome?.kind === "second_factor") {
    return (
      <CodeForm
        pendingToken={outcome.pendingToken}
        linkToken={linkToken}
        callbackPath={callbackPath}
        onStartAgain={reset}
      />
    );
  }

  const submit = handleSubmit(async (credentials) => {
    const result = await present({
      ...credentials,
      ...(verifyToken ? { verifyToken } : {}),
      ...(linkToken ? { linkToken } : {}),
    });
    if (result.kind === "refused") setFocus("password", { shouldSelect: true });
  });

  return (
    // The method keeps a password out of the URL if the page is submitted before its script runs.
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      {email ? (
        <input type="email" {...register("email")} autoComplete="username" readOnly hidden />
      ) : (
        <EmailField
          {...register("email", { onBlur: (event: { target: { value: string } }) => settle(event.target.value) })}
          hasError={Boolean(formState.errors.email)}
          autoFocus={!suggestedEmail}
        />
      )}
      {offer && (
        <SsoOffer offer={offer} callbackPath={callbackPath} onPassword={isPasswordHidden ? showPassword : null} />
      )}
      {!isPasswordHidden && (
        <>
          <Field label={t("password")} error={formState.errors.password && t("invalid.password")}>
            {(control) => (
              <PasswordInput
                {...control}
                {...register("password")}
                autoComplete="current-password"
                autoFocus={Boolean(email || suggestedEmail)}
                className="h-9"
              />
            )}
          </Field>
          <p className="-mt-1 text-right text-13">
            <AuthLink href={withCallback("/forgot-password", callbackPath)}>{t("forgot")}</AuthLink>
          </p>
          <FormError error={refusalText(outcome)} />
          <SubmitButton size="lg" isPending={isBusy} pendingLabel={t("signingIn")}>
            {submitLabel ?? t("signIn")}
          </SubmitButton>
        </>
      )}
    </form>
  );
}

/** What the address' domain offers instead of the password, once it is typed. Not for who has to prove an account by it. */
function useOfferInstead({ verifyToken, linkToken, suggestedEmail = "" }: SignInFormProps) {
  const [address, setAddress] = useState(suggestedEmail);
  const [wantsPassword, setWantsPassword] = useState(false);
  const found = useSsoOffer(verifyToken || linkToken ? "" : address);
  return {
    offer: found,
    isPasswordHidden: found !== null && found.isRequired && !wantsPassword,
    settle: setAddress,
    showPassword: () => setWantsPassword(true),
  };
}
