import type { ReactNode } from "react";
import type { DecimalText } from "@/components/lib/decimal";

/** Decides alignment, sorting, default rendering and what goes into the file. "difference" is money with a sign, no credit. */
export type ColumnKind = "text" | "money" | "difference" | "count" | "share" | "day" | "instant";

export type CellValue = DecimalText | number | null;

export type DataColumn<TRow> = {
  id: string;
  header: string;
  kind?: ColumnKind;
  /** The comparable value: text, decimal text, 'YYYY-MM-DD', ISO instant or a ratio. Null is unknown and sorts last. */
  value: (row: TRow) => CellValue;
  /** Replaces the default rendering of the value. */
  cell?: (row: TRow) => ReactNode;
  /** Written to the file instead of the value. */
  exportValue?: (row: TRow) => string | number | null;
  /** The totals row's figure: the server's own, so that it ties to the card above. */
  total?: DecimalText | null;
  /** Draws each value's share of this whole beside it. */
  shareOf?: DecimalText | null;
  /** Explains the column on hover of its header. */
  hint?: string;
  /** Pixels; text columns without a width share what is left. */
  width?: number;
  isSortable?: boolean;
  /** Whether the search looks here; text columns unless said otherwise. */
  isSearchable?: boolean;
  isHideable?: boolean;
  isInitiallyHidden?: boolean;
};

export type TableSort = { columnId: string; isDescending: boolean };

export type RowSelection = {
  selected: ReadonlySet<string>;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
};

/** What is behind a row, drawn right below it once it is opened. */
export type RowDetail<TRow> = {
  /** Names the button: "Models of Ada". */
  label: (row: TRow) => string;
  /** Of all details, in pixels. */
  height: number;
  render: (row: TRow) => ReactNode;
  hasDetail: (row: TRow) => boolean;
};

export type DataTableProps<TRow> = {
  /** Names the table for assistive technology and for the file. */
  label: string;
  columns: readonly DataColumn<TRow>[];
  rows: readonly TRow[];
  rowKey: (row: TRow) => string;
  /** Where a row leads; the first column becomes a link. */
  rowHref?: (row: TRow) => string | undefined;
  /** Opens a row in place (a drawer) when it leads nowhere. */
  onRowOpen?: (row: TRow) => void;
  /** Shown at the row's end on hover and focus. */
  rowActions?: (row: TRow) => ReactNode;
  rowDetail?: RowDetail<TRow>;
  selection?: RowSelection;
  /** Uncontrolled start, or together with `onSortChange` the controlled value. */
  sort?: TableSort | null;
  onSortChange?: (sort: TableSort | null) => void;
  query?: string;
  onQueryChange?: (query: string) => void;
  /** Remembers the choice of columns under this name. */
  rememberAs?: string;
  /** Beside the search field: filters, buttons. */
  toolbar?: ReactNode;
  /** False for small tables inside cards. */
  hasToolbar?: boolean;
  hasTotals?: boolean;
  isLoading?: boolean;
  empty?: ReactNode;
  /** More rows exist at the server. */
  more?: { onMore: () => void; isLoading: boolean };
  maxHeight?: string;
  /** Of every row, in pixels, where cells have more than one line: long tables draw only the rows that are seen. */
  rowHeight?: number;
  fileSuffix?: string;
};
