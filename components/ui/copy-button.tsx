"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

const SHOWN_MS = 1500;

export function CopyButton({ value, label, className }: { value: string; label?: string; className?: string }) {
  const t = useTranslations("ui");
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setIsCopied(true);
    } catch {
      // Refused by the browser; over plain HTTP there is no clipboard at all.
      toast.error(t("copyFailed"));
    }
  };
  return (
    <>
      <Button variant="ghost" size="icon-sm" aria-label={label ?? t("copy")} className={className} onClick={copy}>
        {isCopied ? <CheckIcon className="text-success-text" /> : <CopyIcon />}
      </Button>
      <span aria-live="polite" className="sr-only">
        {isCopied ? t("copied") : ""}
      </span>
    </>
  );
}
