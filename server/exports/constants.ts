// What the screen, the command line and the server say alike about exports, without the library that checks schemas.

export const exportFormats = ["csv", "json", "ndjson", "parquet", "focus"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportDatasets = ["costs", "usage", "explore", "changes"] as const;

/** How an answer of the Explore page stands in a file: a line for every step of every group, or one for every group. */
export const exploreRows = ["steps", "groups"] as const;
export type ExploreRows = (typeof exploreRows)[number];

/** Of the manifest and of the columns: raised when a name goes or changes its meaning, not when one is added. */
export const EXPORT_SCHEMA_VERSION = 1;

/** How often a scheduled export is made. */
export const exportFrequencies = ["day", "week", "month"] as const;
export const MAX_TRAILING_DAYS = 366;

/** Why a scheduled export failed; the message files have a sentence for each. */
export const exportFailures = [
  "s3_credentials",
  "s3_denied",
  "s3_no_bucket",
  "s3_region",
  "s3_refused",
  "s3_unavailable",
  "address_refused",
  "foreign_unreachable",
  "no_recipients",
  "not_exportable",
  "interrupted",
  "internal",
] as const;
export type ExportFailure = (typeof exportFailures)[number];
