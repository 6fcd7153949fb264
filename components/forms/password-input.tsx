"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

type PasswordInputProps = Omit<ComponentProps<"input">, "type"> & { labels?: { show: string; hide: string } };

/** For passwords and pasted keys: hidden, and shown on request. `labels` name anything but a password. */
export function PasswordInput({ className, labels, ...props }: PasswordInputProps) {
  const t = useTranslations("ui");
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOffIcon : EyeIcon;
  return (
    <div className="relative">
      <Input
        type={isShown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="off"
        className={cn("pr-9", className)}
        {...props}
      />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={isShown ? (labels?.hide ?? t("hidePassword")) : (labels?.show ?? t("showPassword"))}
        className="absolute inset-y-0 right-0.5 my-auto"
        onClick={() => setIsShown(!isShown)}
      >
        <Icon />
      </Button>
    </div>
  );
}
