import type { ChargePart } from "@/server/allocation/constants";
import type { Chargeback, ChargebackLine } from "@/server/chargeback/schema";
import {
  type Cell,
  decimal,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
  plainMoney,
  text,
} from "@/server/exports/table";

/** A report as a table for programs: a row per cost center and part of it, which add up to the report's totals. */
export function chargebackTable({ month, lines }: Chargeback, by: ChargePart): ExportTable {
  const { columns, partsOf } = parts[by];
  return {
    columns: [
      text("month"),
      text("cost_center_id"),
      text("cost_center_code"),
      text("cost_center"),
      ...columns,
      text("currency"),
      decimal("billed"),
      decimal("of_which_shared"),
      decimal("adjustment"),
      decimal("charged"),
    ],
    pages: (async function* () {
      yield lines.flatMap((line) => rowsOf(month, line, partsOf(line)));
    })(),
    money: { ...plainMoney, amount: "billed" },
  };
}

type Amounts = Pick<ChargebackLine, "billed" | "shared" | "adjustment" | "shown">;
/** What says which part it is, in the order of its columns. */
type Part = { cells: readonly [Cell, Cell]; amounts: Amounts };
type Breakdown = { columns: readonly ExportColumn[]; partsOf: (line: ChargebackLine) => Part[] };

const parts: Record<ChargePart, Breakdown> = {
  project: {
    columns: [text("project_id"), text("project")],
    partsOf: ({ projects }) =>
      projects.map(({ member, ...amounts }) => ({ cells: [member.key, member.name], amounts })),
  },
  line_item: {
    columns: [text("line_item"), text("model")],
    partsOf: ({ lineItems }) =>
      lineItems.map(({ lineItem, model, ...amounts }) => ({ cells: [lineItem, model], amounts })),
  },
};

/** A cost center without any charge is in the report, too: that it was charged nothing is known. */
function rowsOf(month: string, { costCenter }: ChargebackLine, own: readonly Part[]): ExportRow[] {
  const center: Cell[] = [month, costCenter?.id ?? null, costCenter?.code ?? null, costCenter?.name ?? "Unallocated"];
  if (own.length === 0) return [[...center, null, null, "usd", "0", "0", "0", "0"]];
  return own.map(({ cells, amounts: { billed, shared, adjustment, shown } }) => [
    ...center,
    ...cells,
    "usd",
    billed,
    shared,
    adjustment,
    shown,
  ]);
}
