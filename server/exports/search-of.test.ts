import { expect, it } from "vitest";
import { ExportInput } from "@/server/exports/schema";
import { searchOf } from "@/server/exports/search-of";

const range = { from: "2026-10-01", to: "2026-10-08" };
const requestOf = (search: string) =>
  ExportInput.parse({ ...Object.fromEntries(new URLSearchParams(search)), ...range });

it.each([
  "format=focus",
  "format=csv&bom=1",
  "group_by=day,project&format=parquet",
  "facts=costs",
  "facts=costs:user&format=json",
  "facts=usage:audio_speeches",
  "dataset=usage&endpoint=images&group_by=hour,model",
  "dataset=explore&measure=requests&group_by=project,model&granularity=week&zone=org&top=3&rows=groups",
  `dataset=explore&filter=${encodeURIComponent("project=a,(none);model~x & y%3B")}&compare=previous_year`,
  "dataset=explore&group_by=tag,model&tag=team",
  "dataset=changes&since=0190aaaa-0000-7000-8000-000000000001&format=ndjson",
])("%s is the same request when it is read again", (search) => {
  expect(requestOf(searchOf(requestOf(search)))).toEqual(requestOf(search));
});
