import {
  type ExploreDimension,
  type ExploreGranularity,
  type ExploreMeasure,
  type LabelDimension,
  labelDimensions,
} from "@/server/explore/constants";
import { columnOf, isSummed } from "@/server/explore/measures";
import { costDimensions, usageDimensions } from "@/server/usage/dimensions";

/** Columns of a series that dimensions are read from. */
export type SeriesColumn =
  | "id"
  | "project_id"
  | "user_id"
  | "api_key_id"
  | "model"
  | "line_item"
  | "service_tier"
  | "batch";

/** What a dimension is read from; a stream alone tells its connection and its endpoint. */
const columnByDimension: Record<Exclude<ExploreDimension, LabelDimension>, SeriesColumn | null> = {
  project: "project_id",
  user: "user_id",
  api_key: "api_key_id",
  model: "model",
  model_family: "model",
  line_item: "line_item",
  token_type: "line_item",
  service_tier: "service_tier",
  batch: "batch",
  endpoint: null,
  connection: null,
};

/**
 * Where the figures are read: the sums by day (and by month) of one number per set of columns, or the facts.
 * `columns` are those of the sums' key and key2, in order. Dated rows of facts tell their UTC day, whatever their bucket:
 * labels hold by day.
 */
export type Source =
  | { kind: "sums"; dimension: number; columns: readonly SeriesColumn[]; hasSpans: boolean }
  | { kind: "facts"; columns: readonly SeriesColumn[]; isDated: boolean };

type Asked = {
  measure: ExploreMeasure;
  dimensions: readonly ExploreDimension[];
  granularity: ExploreGranularity;
  timezone: string;
};

/** The cheapest place that knows everything asked for. */
export function sourceOf({ measure, dimensions, granularity, timezone }: Asked): Source {
  const isDated = dimensions.some(isLabel);
  const needed = new Set(dimensions.flatMap((dimension) => columnsOf(dimension, measure)));
  const facts: Source = { kind: "facts", columns: [...needed], isDated };
  // No sum knows keys and projects together, and sums are of UTC days.
  if (isDated || granularity === "hour" || timezone !== "UTC") return facts;
  if (measure !== "cost" && !isSummed(columnOf(measure))) return facts;
  const isKept = ({ columns }: (typeof costSums)[number]) =>
    columns.length === needed.size && columns.every((column) => needed.has(column));
  const found = (measure === "cost" ? costSums : usageSums).find(isKept);
  return found ? { kind: "sums", ...found } : facts;
}

export const isLabel = (dimension: ExploreDimension): dimension is LabelDimension =>
  labelDimensions.some((candidate) => candidate === dimension);

/** Labels are of keys, people and projects; costs do not tell people together with the others. */
function columnsOf(dimension: ExploreDimension, measure: ExploreMeasure): SeriesColumn[] {
  if (isLabel(dimension)) return ["api_key_id", "project_id", ...(measure === "cost" ? [] : (["user_id"] as const))];
  const column = columnByDimension[dimension];
  return column ? [column] : [];
}

type Sums = { dimension: number; columns: readonly SeriesColumn[]; hasSpans: boolean };

const sums = (dimension: number, columns: readonly SeriesColumn[], hasSpans = true): Sums => ({
  dimension,
  columns,
  hasSpans,
});

const costSums: readonly Sums[] = [
  sums(costDimensions.total, []),
  sums(costDimensions.project, ["project_id"]),
  sums(costDimensions.user, ["user_id"]),
  sums(costDimensions.api_key, ["api_key_id"]),
  sums(costDimensions.model, ["model"]),
  sums(costDimensions.line_item, ["line_item"]),
];

const usageSums: readonly Sums[] = [
  sums(usageDimensions.total, []),
  sums(usageDimensions.project, ["project_id"]),
  sums(usageDimensions.user, ["user_id"]),
  sums(usageDimensions.api_key, ["api_key_id"]),
  sums(usageDimensions.model, ["model"]),
  sums(usageDimensions.project_model, ["project_id", "model"], false),
  sums(usageDimensions.user_model, ["user_id", "model"], false),
  sums(usageDimensions.api_key_model, ["api_key_id", "model"], false),
];
