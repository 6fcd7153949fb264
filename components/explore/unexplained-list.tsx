"use client";

import { useTranslations } from "next-intl";
import { Difference, Money } from "@/components/ui/figure";
import type { UnexplainedRow } from "@/server/explore/schema";

/** What costs money without usage that could explain it, line item by line item. */
export function UnexplainedList({ rows }: { rows: readonly UnexplainedRow[] }) {
  const t = useTranslations("explore.why");
  const nobody = useTranslations("explore.nobody");
  return (
    <div>
      <h3 className="text-13 font-medium">{t("effects.unexplained")}</h3>
      <ul aria-label={t("effects.unexplained")} className="mt-1.5 text-13">
        {rows.map((row) => (
          <li
            key={row.isOther ? "other" : `line ${row.lineItem}`}
            className="flex items-baseline justify-between gap-4 border-t py-1.5"
          >
            <span dir="auto" className="name-text min-w-0">
              {row.isOther ? t("otherLines") : (row.lineItem ?? nobody("line_item"))}
            </span>
            <span className="flex shrink-0 gap-4">
              <span className="text-muted-foreground max-sm:hidden">
                <Money value={row.before} /> → <Money value={row.after} />
              </span>
              <Difference value={row.difference} className="min-w-20 text-right" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
