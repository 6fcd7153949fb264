import Link from "next/link";
import type { ReactNode } from "react";

type AuthCardProps = {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  other?: { question?: string; label: string; href: string };
};

/** The frame of the pages around signing in. */
export function AuthCard({ title, lead, children, other }: AuthCardProps) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      {lead && <p className="mt-1 text-pretty break-words text-muted-foreground">{lead}</p>}
      {children && <div className="mt-6 rounded-xl border bg-card p-5 shadow-raised sm:p-6">{children}</div>}
      {other && (
        <p className="mt-5 text-center text-13 text-muted-foreground">
          {other.question} <AuthLink href={other.href}>{other.label}</AuthLink>
        </p>
      )}
    </>
  );
}

export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="rounded-sm font-medium text-primary-text underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
