import { formatFilter } from "@/server/explore/constants";
import type { ExportRequest } from "@/server/exports/schema";

/** A request as it stands in an address, without its days: what is read again from there is the same request. Pure. */
export function searchOf({ format, source, hasBom }: ExportRequest): string {
  const asked = new URLSearchParams({ format, ...parametersOf(source, format) });
  if (hasBom) asked.set("bom", "1");
  return asked.toString();
}

function parametersOf(source: ExportRequest["source"], format: ExportRequest["format"]): Record<string, string> {
  switch (source.kind) {
    case "facts":
      return format === "focus" ? {} : { facts: factsName(source.stream) };
    case "costs":
      return { group_by: source.groupBy.join(",") };
    case "usage":
      return { dataset: "usage", endpoint: source.endpoint, group_by: source.groupBy.join(",") };
    case "changes":
      return { dataset: "changes", since: source.runId };
    case "explore": {
      const { measure, groupBy, granularity, zone, filters, compare, top, tag } = source.query;
      const question = { dataset: "explore", measure, granularity, zone, compare, top: String(top), rows: source.rows };
      const filter = filters.map(formatFilter).join(";");
      return { ...question, group_by: groupBy.join(","), filter, ...(tag !== null && { tag }) };
    }
    default:
      return source satisfies never;
  }
}

function factsName(stream: string): string {
  if (stream === "costs.project") return "costs";
  return stream === "costs.user" ? "costs:user" : stream.replace(".", ":");
}
