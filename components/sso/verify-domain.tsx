"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/lib/use-error-text";
import { TimeAgo } from "@/components/members/time-ago";
import { useOrg } from "@/components/orgs/org-context";
import { useSsoMutations } from "@/components/sso/use-sso-mutations";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { DomainSummary } from "@/server/sso/schema";

/** Asks DNS now; what the newest look found stays beside the button. */
export function VerifyDomain({ domain: { domain, failure, checkedAt } }: { domain: DomainSummary }) {
  const t = useTranslations("sso.domains");
  const reasons = useTranslations("errors.reason");
  const org = useOrg().slug;
  const errorText = useErrorText();
  const { verifyDomain } = useSsoMutations();
  const isPending = verifyDomain.isPending;
  const found = verifyDomain.error ? errorText(verifyDomain.error).text : failure && reasons(failure);
  return (
    <div className="flex flex-col items-start gap-2 sm:flex-row sm:items-center sm:gap-3">
      <Button
        variant="outline"
        size="sm"
        aria-label={isPending ? undefined : t("verifyNamed", { domain })}
        aria-disabled={isPending || undefined}
        onClick={() => isPending || verifyDomain.mutate({ org, domain })}
      >
        {isPending && <Spinner />}
        {t(isPending ? "verifying" : "verify")}
      </Button>
      <p aria-live="polite" className="text-xs text-pretty text-muted-foreground">
        {!isPending && found && (
          <>
            <span className="text-destructive-text">{found}</span>{" "}
            {checkedAt && t.rich("checked", { when: () => <TimeAgo instant={checkedAt} /> })}
          </>
        )}
      </p>
    </div>
  );
}
