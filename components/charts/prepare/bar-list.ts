import { assignColors, otherColor, unattributedColor } from "@/components/charts/prepare/colors";
import type { MemberKind } from "@/components/charts/prepare/types";
import { type DecimalText, ratioOf, sumDecimals } from "@/components/lib/decimal";

export type BarListItem = {
  key: string;
  label: string;
  value: DecimalText | null;
  kind?: MemberKind;
  href?: string;
  /** A quiet second line or mark, such as an email address. */
  hint?: string;
};

export type BarRow = BarListItem & {
  color: string;
  /** Of the longest bar, 0 to 100; credits and unknown have no bar. */
  widthPercent: number;
  share: number | null;
};

/** Bars relative to the largest, shares relative to `total` (or the sum shown). The order given is kept. */
export function prepareBarList(
  items: readonly BarListItem[],
  options: { total?: DecimalText | null; colors?: ReadonlyMap<string, string> } = {},
): BarRow[] {
  const total = options.total ?? sumDecimals(items.map((item) => item.value));
  const largest = Math.max(0, ...items.map((item) => Number(item.value ?? 0)));
  const entities = items.filter((item) => (item.kind ?? "entity") === "entity").map((item) => item.key);
  const colors = assignColors(entities, options.colors);
  return items.map((item) => ({
    ...item,
    color: barColor(item, colors),
    widthPercent: widthOf(Number(item.value ?? 0), largest),
    share: ratioOf(item.value, total),
  }));
}

function barColor(item: BarListItem, colors: ReadonlyMap<string, string>): string {
  if (item.kind === "other") return otherColor;
  return item.kind === "unattributed" ? unattributedColor : (colors.get(item.key) ?? otherColor);
}

/** Something is never nothing: the thinnest bar still shows. */
function widthOf(value: number, largest: number): number {
  return value > 0 && largest > 0 ? Math.max(1, (value / largest) * 100) : 0;
}
