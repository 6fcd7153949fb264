"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type PreviewListProps<Row> = {
  title: string;
  rows: readonly Row[];
  /** As many rows as are listed; of the others their number. */
  shown: number;
  /** A list item. */
  children: (row: Row) => ReactNode;
  note?: string;
};

/** The first rows of a list of what files hold. */
export function PreviewList<Row>({ title, rows, shown, children, note }: PreviewListProps<Row>) {
  const t = useTranslations("imports.preview");
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border">
      <h3 className="border-b px-3.5 py-2 text-xs font-medium text-muted-foreground">{title}</h3>
      <ul className="px-3.5 py-1.5 text-13">
        {rows.slice(0, shown).map(children)}
        {rows.length > shown && (
          <li className="py-1 text-muted-foreground">{t("more", { count: rows.length - shown })}</li>
        )}
      </ul>
      {note && <p className="border-t px-3.5 py-2 text-xs text-pretty text-muted-foreground">{note}</p>}
    </section>
  );
}
