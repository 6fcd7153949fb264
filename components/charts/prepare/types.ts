import type { DecimalText } from "@/components/lib/decimal";
import type { BucketLength, Day } from "@/components/lib/format-date";

export type ChartUnit = "usd" | "tokens" | "count";

/** "other" gathers what is below the top N; "unattributed" is spend nobody could be named for. Both are grey. */
export type MemberKind = "entity" | "other" | "unattributed";

export type ChartMember = {
  /** Qualified and lasting, "project:proj_abc": the colour hangs on it. */
  key: string;
  label: string;
  kind?: MemberKind;
  /** Where this member's own view is. */
  href?: string;
  /** For lines that are not measured: a forecast, a limit. */
  isDashed?: boolean;
};

/** Something to know about a day or longer bucket: a flag over it, and a line in its tooltip. Quiet ones ask for nothing. */
export type ChartMark = { day: Day; text: string; isQuiet?: boolean };

/** The period compared with, day for day: drawn as one quiet line over the bars. */
export type Comparison = { label: string; values: readonly (DecimalText | null)[] };

export type StackedDaysInput = {
  /** The first day of every bucket, ascending, none left out. */
  days: readonly Day[];
  members: readonly ChartMember[];
  /** `values[member][day]`: decimal text, or null where nothing is known. */
  values: readonly (readonly (DecimalText | null)[])[];
  /** What gathered members are called. */
  otherLabel: string;
  /** Above this many, the smallest go to Other. */
  maxMembers?: number;
  /** Days whose figures may still move; drawn lighter. */
  openDays?: readonly Day[];
  previous?: Comparison;
  marks?: readonly ChartMark[];
  /** Colours already given on this page (see EntityColors). */
  colors?: ReadonlyMap<string, string>;
};

export type Series = {
  /** Safe as an object key and as an id: "s0", "s1". */
  id: string;
  key: string;
  label: string;
  kind: MemberKind;
  href: string | undefined;
  isDashed: boolean;
  color: string;
  values: readonly (DecimalText | null)[];
  /** Sum over the known days; null when none is known. */
  total: DecimalText | null;
};

export type StackedDays = {
  days: readonly Day[];
  /** Largest first, then Other, then unattributed: the order of the stack from the ground up. */
  series: readonly Series[];
  /** Per day over all series; null is a gap: nothing is known of that day. */
  totals: readonly (DecimalText | null)[];
  total: DecimalText | null;
  openDays: ReadonlySet<Day>;
  previous: Comparison | null;
  /** Of days that are drawn. */
  marks: ReadonlyMap<Day, readonly ChartMark[]>;
  /** Nothing to draw: no day with a known figure. */
  isEmpty: boolean;
};

export type ChartTable = {
  columns: readonly { id: string; label: string; isNumeric: boolean }[];
  /** Exact texts, as they go into the file; null is an empty cell. */
  rows: readonly (readonly (string | null)[])[];
};

/** What a view is given: everything is decided, it only draws. */
export type ChartViewProps = {
  chart: StackedDays;
  /** Keys of the series switched off in the legend. */
  hidden: ReadonlySet<string>;
  unit: ChartUnit;
  granularity: BucketLength;
  onSelect?: (selection: ChartSelection) => void;
};

/** A bar or point that was pressed. */
export type ChartSelection = { key: string; day: Day };
