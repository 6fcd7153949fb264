import type { ExportFormat } from "@/server/exports/constants";
import type { ExportRequest } from "@/server/exports/schema";
import { addUtcDays } from "@/server/lib/time";

const kinds: Record<ExportFormat, { extension: string; mediaType: string }> = {
  csv: { extension: "csv", mediaType: "text/csv; charset=utf-8" },
  focus: { extension: "focus.csv", mediaType: "text/csv; charset=utf-8" },
  json: { extension: "json", mediaType: "application/json" },
  ndjson: { extension: "ndjson", mediaType: "application/x-ndjson" },
  parquet: { extension: "parquet", mediaType: "application/vnd.apache.parquet" },
};

/** "acme-costs-by-project-2026-10-01-2026-10-31.csv", with the last day that is in it. */
export function fileOf(slug: string, { source, format, range }: ExportRequest) {
  const { extension, mediaType } = kinds[format];
  const name = [slug, ...nameOf(source), range.from, addUtcDays(range.to, -1)].join("-");
  return { name: `${name}.${extension}`, mediaType };
}

function nameOf(source: ExportRequest["source"]): string[] {
  if (source.kind === "facts") return [source.stream.replace(".", "-"), "facts"];
  if (source.kind === "changes") return ["changes"];
  if (source.kind === "explore") return named(["explore", source.query.measure], source.query.groupBy);
  const what = source.kind === "costs" ? "costs" : `usage-${source.endpoint}`;
  return named([what], source.groupBy);
}

const named = (what: string[], groups: readonly string[]) => (groups.length > 0 ? [...what, "by", ...groups] : what);
