// What the screen, the command line and the server say alike about exports, without the library that checks schemas.

export const exportFormats = ["csv", "json", "ndjson", "parquet", "focus"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportDatasets = ["costs", "usage"] as const;

/** Of the manifest and of the columns: raised when a name goes or changes its meaning, not when one is added. */
export const EXPORT_SCHEMA_VERSION = 1;
