"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMethodName } from "@/components/account/device-label";
import { Section } from "@/components/account/section";
import type { AccountOverview, IdentityEntry } from "@/components/account/types";
import { UnlinkDialog } from "@/components/account/unlink-dialog";
import { useWhen } from "@/components/account/use-when";
import { useStartProvider } from "@/components/auth/use-start-provider";
import { FormError } from "@/components/forms/form-error";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";

/** Accounts at identity providers that open this one; nothing where there is none and none can be added. */
export function IdentitiesSection({ account }: { account: AccountOverview }) {
  const t = useTranslations("account.identities");
  const { data } = useSuspenseQuery(useTRPC().account.identities.list.queryOptions());
  if (data.linked.length === 0 && data.linkable.length === 0) return null;
  return (
    <Section title={t("title")} lead={t("lead")}>
      {data.linked.length === 0 ? (
        <p className="text-13 text-muted-foreground">{t("none")}</p>
      ) : (
        <ul className="-my-3 divide-y">
          {data.linked.map((identity) => (
            <IdentityRow key={identity.id} identity={identity} account={account} />
          ))}
        </ul>
      )}
      <AddButtons linkable={data.linkable} />
    </Section>
  );
}

type RowProps = { identity: IdentityEntry; account: AccountOverview };

function IdentityRow({ identity, account }: RowProps) {
  const t = useTranslations("account.identities");
  const method = useMethodName()(identity.method);
  const when = useWhen();
  const [isOpen, setOpen] = useState(false);
  const { email, linkedAt, lastUsedAt, isLastWayIn } = identity;
  const facts = [
    ...(email ? [email] : []),
    t("linked", { when: when.relative(linkedAt) }),
    lastUsedAt ? t("used", { when: when.relative(lastUsedAt) }) : t("neverUsed"),
  ];
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-sm font-medium wrap-anywhere">{method}</p>
        <p className="text-xs text-pretty wrap-anywhere text-muted-foreground">{facts.join(" · ")}</p>
        {isLastWayIn && <p className="mt-0.5 text-xs text-pretty text-muted-foreground">{t("last")}</p>}
      </div>
      {!isLastWayIn && (
        <Button
          variant="outline"
          size="sm"
          aria-label={t("removeNamed", { method: email ? `${method} ${email}` : method })}
          onClick={() => setOpen(true)}
        >
          {t("remove")}
        </Button>
      )}
      <UnlinkDialog identityId={identity.id} method={method} account={account} isOpen={isOpen} onOpenChange={setOpen} />
    </li>
  );
}

type AddButtonsProps = { linkable: readonly { providerId: string; method: IdentityEntry["method"] }[] };

/** Comes back to the page that asks for the proof of this account. */
function AddButtons({ linkable }: AddButtonsProps) {
  const t = useTranslations("account.identities");
  const words = useTranslations("auth");
  const methodName = useMethodName();
  const { leavingFor, hasFailed, start } = useStartProvider("/account/security");
  if (linkable.length === 0) return null;
  return (
    <div className="mt-4 grid gap-2.5">
      <div className="flex flex-wrap gap-2">
        {linkable.map(({ providerId, method }) => (
          <Button
            key={providerId}
            variant="outline"
            disabled={leavingFor !== null}
            onClick={() => void start(providerId)}
          >
            {leavingFor === providerId ? <Spinner /> : <PlusIcon />}
            {t("add", { method: methodName(method) })}
          </Button>
        ))}
      </div>
      <FormError error={hasFailed ? { text: words("unreachable"), requestId: null } : null} />
    </div>
  );
}
