import Link from "next/link";
import type { ReactNode } from "react";

type AuthCardProps = {
  title: string;
  lead: string;
  children: ReactNode;
  other: { question: string; label: string; href: string };
};

/** The frame of the sign-in and sign-up pages. */
export function AuthCard({ title, lead, children, other }: AuthCardProps) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-1 text-muted-foreground">{lead}</p>
      <div className="mt-6 rounded-xl border bg-card p-5 shadow-raised sm:p-6">{children}</div>
      <p className="mt-5 text-center text-13 text-muted-foreground">
        {other.question}{" "}
        <Link href={other.href} className="rounded-sm font-medium text-primary-text underline-offset-4 hover:underline">
          {other.label}
        </Link>
      </p>
    </>
  );
}
