/** Each file at most; several at once. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;
export const MAX_FILES = 50;

/** What a file was recognised as. Stored: never rename, only add. */
export const fileFormats = [
  "openai_costs_json",
  "openai_usage_json",
  "openai_directory_json",
  "openai_costs_csv",
  "openai_usage_csv",
  "usage_dashboard_csv",
  "cost_cache_csv",
  "key_usage_cache_csv",
  "key_names_csv",
  "people_json",
  "budgets_yaml",
  "budgets_json",
] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Why a file is not taken; each has its sentence in the message files (imports.refusal.<code>). */
export const refusalCodes = [
  "holds_rate_limits",
  "holds_roles",
  "holds_prices",
  "holds_recordings",
  "holds_sums",
  "not_usage",
  "no_days",
  "too_large",
  "part_too_large",
  "broken",
  "bad_row",
  "several_organizations",
  "other_organization",
  "same_file_here",
  "same_file_before",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
