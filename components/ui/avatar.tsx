"use client";

import { Avatar as AvatarPrimitive } from "radix-ui";
import { cn } from "@/components/lib/cn";

type AvatarProps = { name: string; src?: string | null; shape?: "circle" | "square"; className?: string };

/** Decorative: the name always stands beside it. */
export function Avatar({ name, src, shape = "circle", className }: AvatarProps) {
  return (
    <AvatarPrimitive.Root
      aria-hidden="true"
      className={cn(
        "inline-flex size-6 shrink-0 overflow-hidden bg-primary-soft text-primary-text select-none",
        shape === "circle" ? "rounded-full" : "rounded-md",
        className,
      )}
    >
      {src && <AvatarPrimitive.Image src={src} alt="" className="size-full object-cover" />}
      <AvatarPrimitive.Fallback className="grid size-full place-content-center text-2xs font-semibold">
        {initials(name)}
      </AvatarPrimitive.Fallback>
    </AvatarPrimitive.Root>
  );
}

/** First letters of the first two words; whole code points, so that emoji and Hangul survive. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s._@-]+/u)
    .filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}
