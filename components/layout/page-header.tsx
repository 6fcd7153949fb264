import { ChevronRightIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type Crumb = { label: string; href: string };

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The way up; the page itself is the title. */
  breadcrumbs?: readonly Crumb[];
  /** At the right: what one does here. */
  actions?: ReactNode;
  /** The row of controls below: range, filters, freshness. */
  children?: ReactNode;
};

export function PageHeader({ title, description, breadcrumbs, actions, children }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-full">
          {breadcrumbs && breadcrumbs.length > 0 && <Breadcrumbs crumbs={breadcrumbs} />}
          <h1 className="name-text text-xl font-semibold tracking-tight">{title}</h1>
          {description && <p className="mt-0.5 max-w-2xl text-13 text-pretty text-muted-foreground">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations("layout");
  return (
    <nav aria-label={t("breadcrumb")}>
      <ol className="mb-1 flex items-center gap-1 text-13 text-muted-foreground">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRightIcon aria-hidden="true" className="size-3.5 shrink-0" />}
            <Link href={crumb.href} className="name-text rounded-sm hover:text-foreground">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
