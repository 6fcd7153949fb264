"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { useOrg } from "@/components/orgs/org-context";
import { Checkbox } from "@/components/ui/checkbox";
import { type TokenScope, tokenScopes } from "@/server/tokens/schema";
import { scopeKey } from "@/components/tokens/scope-key";

type ScopeChoiceProps = {
  value: readonly TokenScope[];
  onValueChange: (scopes: TokenScope[]) => void;
  error: string | undefined;
};

/** What the token may do, each with what that means; nobody can hand on what they may not do themselves. */
export function ScopeChoice({ value, onValueChange, error }: ScopeChoiceProps) {
  const t = useTranslations("tokens");
  const errorId = useId();
  const { permissions } = useOrg();
  const offered = tokenScopes.filter((scope) => permissions.includes(scope));
  const toggle = (scope: TokenScope, isWanted: boolean) =>
    onValueChange(offered.filter((candidate) => (candidate === scope ? isWanted : value.includes(candidate))));
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? errorId : undefined}>
      <legend className="mb-2 text-13 font-medium">{t("create.scopes")}</legend>
      {offered.map((scope) => (
        <label key={scope} className="flex cursor-pointer items-start gap-2.5 text-13">
          <Checkbox
            checked={value.includes(scope)}
            onCheckedChange={(checked) => toggle(scope, checked === true)}
            aria-invalid={error ? true : undefined}
            className="mt-0.5"
          />
          <span className="grid gap-0.5">
            <span className="font-medium">{t(`scope.${scopeKey(scope)}`)}</span>
            <span className="text-xs text-pretty text-muted-foreground">{t(`scopeText.${scopeKey(scope)}`)}</span>
          </span>
        </label>
      ))}
      {error && (
        <p id={errorId} role="alert" className="text-xs text-destructive-text">
          {error}
        </p>
      )}
    </fieldset>
  );
}
