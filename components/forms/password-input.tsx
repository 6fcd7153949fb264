"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** For passwords and pasted keys: hidden, and shown on request. */
export function PasswordInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
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
        aria-label={isShown ? t("hidePassword") : t("showPassword")}
        aria-pressed={isShown}
        className="absolute top-0.5 right-0.5 aria-pressed:bg-transparent"
        onClick={() => setIsShown(!isShown)}
      >
        <Icon />
      </Button>
    </div>
  );
}
