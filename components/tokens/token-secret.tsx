"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNow } from "@/components/lib/use-now";
import { utcDay } from "@/components/usage/resolve-range";
import { curlExample } from "@/components/tokens/curl-example";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { TokenScope } from "@/server/tokens/schema";

type TokenSecretProps = {
  title: string;
  text: ReactNode;
  token: string;
  scopes: readonly TokenScope[];
  onDone: () => void;
};

/** The token itself, which is nowhere else, and how a program uses it. */
export function TokenSecret({ title, text, token, scopes, onDone }: TokenSecretProps) {
  const t = useTranslations("tokens.secret");
  const now = useNow();
  const example = now !== null && curlExample({ token, scopes, origin: window.location.origin, today: utcDay(now) });
  return (
    <div className="grid min-w-0 gap-4">
      <DialogHeader>
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription>{text}</DialogDescription>
      </DialogHeader>
      <Callout variant="warning" title={t("onceTitle")}>
        {t("onceText")}
      </Callout>
      <Copyable label={t("token")} copyLabel={t("copyToken")} value={token} />
      {example && <Copyable label={t("example")} copyLabel={t("copyExample")} value={example} />}
      <DialogFooter>
        <Button onClick={onDone}>{t("done")}</Button>
      </DialogFooter>
    </div>
  );
}

function Copyable({ label, copyLabel, value }: { label: string; copyLabel: string; value: string }) {
  return (
    <figure className="grid min-w-0 gap-1.5">
      <figcaption className="text-13 font-medium">{label}</figcaption>
      <div className="flex min-w-0 items-start gap-2 rounded-lg border bg-muted/60 py-1.5 pr-1.5 pl-3">
        <pre className="min-w-0 flex-1 py-1 font-mono text-xs break-all whitespace-pre-wrap">{value}</pre>
        <CopyButton value={value} label={copyLabel} />
      </div>
    </figure>
  );
}
