"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { cn } from "@/components/lib/cn";
import { Input } from "@/components/ui/input";

type SecretInputProps = Omit<ComponentProps<"input">, "type"> & { showLabel: string; hideLabel: string };

/** An input whose text can be shown and hidden. */
export function SecretInput({ showLabel, hideLabel, className, ...props }: SecretInputProps) {
  const [isVisible, setVisible] = useState(false);
  const Icon = isVisible ? EyeOffIcon : EyeIcon;
  return (
    <div className="relative">
      <Input
        type={isVisible ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
        className={cn("pr-10", className)}
        {...props}
      />
      <button
        type="button"
        onClick={() => setVisible(!isVisible)}
        aria-label={isVisible ? hideLabel : showLabel}
        aria-controls={props.id}
        className="absolute inset-y-0 right-0 grid w-9 place-content-center rounded-md text-muted-foreground transition-colors duration-100 hover:text-foreground"
      >
        <Icon className="size-4" />
      </button>
    </div>
  );
}
