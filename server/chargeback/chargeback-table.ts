import type { Chargeback, ChargebackLine } from "@/server/chargeback/schema";
import { type Cell, decimal, type ExportRow, type ExportTable, plainMoney, text } from "@/server/exports/table";

/** A report as a table for programs: a row per cost center and project, which add up to the report's totals. */
export function chargebackTable({ month, lines }: Chargeback): ExportTable {
  return {
    columns: [
      text("month"),
      text("cost_center_id"),
      text("cost_center_code"),
      text("cost_center"),
      text("project_id"),
      text("project"),
      text("currency"),
      decimal("billed"),
      decimal("of_which_shared"),
      decimal("adjustment"),
      decimal("charged"),
    ],
    pages: (async function* () {
      yield lines.flatMap((line) => rowsOf(month, line));
    })(),
    money: { ...plainMoney, amount: "billed" },
  };
}

/** A cost center without any charge is in the report, too: that it was charged nothing is known. */
function rowsOf(month: string, { costCenter, projects }: ChargebackLine): ExportRow[] {
  const center: Cell[] = [month, costCenter?.id ?? null, costCenter?.code ?? null, costCenter?.name ?? "Unallocated"];
  if (projects.length === 0) return [[...center, null, null, "usd", "0", "0", "0", "0"]];
  return projects.map(({ member, billed, shared, adjustment, shown }) => [
    ...center,
    member.key,
    member.name,
    "usd",
    billed,
    shared,
    adjustment,
    shown,
  ]);
}
