import { ArrowRightIcon, type LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

type QuietLinkProps = { href: string; icon?: LucideIcon; className?: string; children: ReactNode };

/** Leads to more about what is shown, without asking for attention. */
export function QuietLink({ href, icon: Icon, className, children }: QuietLinkProps) {
  return (
    <Link
      href={href}
      className={cn(
        "inline-flex items-center gap-1 rounded-sm text-13 text-muted-foreground transition-colors duration-100 hover:text-foreground",
        className,
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-4 shrink-0" />}
      {children}
      <ArrowRightIcon aria-hidden="true" className="size-3.5 shrink-0" />
    </Link>
  );
}
