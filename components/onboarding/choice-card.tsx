import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type ChoiceCardProps = { Icon: LucideIcon; title: string; text: string; children: ReactNode };

/** One of the ways to begin. */
export function ChoiceCard({ Icon, title, text, children }: ChoiceCardProps) {
  return (
    <section className="flex flex-col rounded-xl border bg-card p-5 shadow-raised">
      <Icon aria-hidden="true" className="size-5 text-primary-text" />
      <h2 className="mt-3 font-medium text-balance">{title}</h2>
      <p className="mt-1 text-13 text-pretty text-muted-foreground">{text}</p>
      <div className="mt-auto grid gap-3 pt-5">{children}</div>
    </section>
  );
}
