import { expect, it } from "vitest";
import { exportPath, factsChoices, tableChoices } from "@/components/exports/export-path";
import { ExportInput } from "@/server/exports/schema";

const range = { from: "2026-10-01", to: "2026-10-08" };
const asked = (choice: Parameters<typeof exportPath>[1]["choice"]) => {
  const path = exportPath("acme", { range, groupBy: "day,project", choice });
  return ExportInput.parse(Object.fromEntries(new URL(path, "http://localhost").searchParams));
};

it.each(tableChoices)("$name asks for the groups of the page, and is understood", (choice) => {
  expect(asked(choice)).toMatchObject({
    range,
    format: choice.asks.format,
    source: { kind: "costs", groupBy: ["day", "project"] },
    isManifest: choice.name === "manifest",
  });
});

it.each(factsChoices)("$name asks for the facts of the invoice", (choice) => {
  expect(asked(choice)).toMatchObject({ range, source: { kind: "facts", stream: "costs.project" } });
});
