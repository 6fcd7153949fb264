"use client";

import { useMutation } from "@tanstack/react-query";
import { ShieldCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditVerdict } from "@/components/audit/types";
import { useAuditWords } from "@/components/audit/use-audit-words";
import { FormError } from "@/components/forms/form-error";
import { useTRPCClient } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { Spinner } from "@/components/ui/spinner";

type Verification = { isPending: boolean; data: AuditVerdict | undefined; error: unknown; run: () => void };

/** Reads the whole log, so it is done when somebody asks for it and not with the page. */
export function useVerification(): Verification {
  const client = useTRPCClient();
  const org = useOrg().slug;
  const { isPending, data, error, mutate } = useMutation({ mutationFn: () => client.audit.verify.query({ org }) });
  return { isPending, data, error, run: () => mutate() };
}

export function VerifyButton({ verification: { isPending, run } }: { verification: Verification }) {
  const t = useTranslations("audit.verify");
  return (
    <Button
      variant="outline"
      aria-disabled={isPending || undefined}
      aria-busy={isPending}
      onClick={() => !isPending && run()}
    >
      {isPending ? <Spinner /> : <ShieldCheckIcon />}
      {t(isPending ? "running" : "action")}
    </Button>
  );
}

/** What came of it, in words; nothing before anybody asked. */
export function VerifyResult({ verification: { data, error } }: { verification: Verification }) {
  const errorText = useErrorText();
  return (
    <div aria-live="polite" className="empty:hidden">
      {error ? <FormError error={errorText(error)} /> : data && <Verdict verdict={data} />}
    </div>
  );
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const t = useTranslations("audit.verify");
  const words = useAuditWords();
  const format = useFormat();
  const { rows, fault, from, to, uncovered, head } = verdict;
  const range = { from: format.instant(from), to: format.instant(to) };
  return (
    <Callout
      variant={fault ? "danger" : "success"}
      title={fault ? t("broken", { seq: fault.seq }) : t("whole", { count: rows })}
    >
      {fault && <p>{words.fault(fault.what)}</p>}
      {rows > 0 && <p>{fault ? t("wholeBefore", { count: rows, ...range }) : t("range", range)}</p>}
      {uncovered > 0 && <p>{t("uncovered", { count: uncovered })}</p>}
      {!fault && head && (
        <p className="flex min-w-0 items-center gap-x-1.5">
          {t("head")}
          <code className="min-w-0 font-mono text-xs break-all">{head}</code>
          <CopyButton value={head} label={t("copyHead")} />
        </p>
      )}
    </Callout>
  );
}
