import type { SeriesColumn } from "@/server/explore/source";

/**
 * What a pack holds once more in fewer rows: series that have the same in these columns are one there, told by the first
 * of them. Where several tell what is asked the first is read: it mostly has the fewest rows.
 */
export const aspects = {
  people: ["project_id", "user_id"],
  keys: ["project_id", "api_key_id"],
  models_of_people: ["project_id", "user_id", "model"],
  items: ["project_id", "model", "line_item", "service_tier", "batch"],
  models_of_keys: ["project_id", "api_key_id", "model"],
} as const satisfies Record<string, readonly SeriesColumn[]>;

export type Aspect = keyof typeof aspects;

/** The series that tells another in each aspect, by series. */
export type Representatives = ReadonlyMap<number, Readonly<Record<Aspect, number>>>;

export const aspectNames = Object.keys(aspects) as readonly Aspect[];

/** Usage by somebody and model has sums of its own. */
export const usageAspects: readonly Aspect[] = ["people", "keys", "items"];

/** Those that tell all these columns, in order. */
export const aspectsTelling = (columns: readonly SeriesColumn[]): Aspect[] =>
  aspectNames.filter((aspect) => columns.every((column) => aspects[aspect].some((own) => own === column)));

/** The name of a column of a pack; null for the one with all rows. */
export const nameIn = (aspect: Aspect | null, name: string) => (aspect === null ? name : `${aspect}.${name}`);
