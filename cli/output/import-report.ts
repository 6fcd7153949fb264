import { renderTable } from "@/cli/output/table";
import { printable } from "@/cli/output/width";
import type { ImportAmount, ImportPreview } from "@/server/imports/schema";

type Refusal = { name: string; message: string };

export const refusalsToText = (refusals: readonly Refusal[]): string =>
  [
    "Refused, so that nothing is imported:",
    ...refusals.map(({ name, message }) => printable(`${name}: ${message}`)).map(indented),
  ].join("\n");

/** What was recognised, for people; --json has all of it. */
export function previewToText(preview: ImportPreview): string {
  if (preview.files.length === 0) return "Nothing to import.";
  const { days, total, overlaps } = preview;
  return [
    filesTable(preview),
    days
      ? `Days: ${days.first} to ${days.last}, ${days.count} in all${gapsOf(days.missing)}${sharedOf(days.shared)}.`
      : "No days.",
    ...(total === null
      ? []
      : [
          `Total: ${total} USD`,
          amountsTable("project", preview.byProject),
          amountsTable("user", preview.byUser),
          amountsTable("model", preview.byModel),
          renderTable(
            [{ title: "day" }, { title: "amount", align: "decimal" }],
            preview.byDay.map(({ day, amount }) => [day, amount]),
          ),
        ]),
    ...(overlaps.length > 0 ? [overlapsText(overlaps)] : days ? ["Nothing else has these days."] : []),
    ...budgetsText(preview),
  ].join("\n\n");
}

const filesTable = ({ files }: ImportPreview) =>
  renderTable(
    [
      { title: "file" },
      { title: "recognised as" },
      { title: "rows", align: "count" },
      { title: "from" },
      { title: "to" },
      { title: "amount", align: "decimal" },
      { title: "names", align: "count" },
      { title: "budgets", align: "count" },
    ],
    files.map(({ name, format, rows, firstDay, lastDay, amount, names, budgets }) => [
      name,
      format,
      rows,
      firstDay,
      lastDay,
      amount,
      names,
      budgets,
    ]),
  );

const gapsOf = (missing: readonly { from: string; to: string }[]) =>
  missing.length === 0
    ? ""
    : `; in none of the files (end exclusive): ${missing.map(({ from, to }) => `${from} to ${to}`).join(", ")}`;

const sharedOf = (count: number) =>
  count === 0 ? "" : `; in several of the files, so that the last file's counts: ${count}`;

const amountsTable = (title: string, rows: readonly ImportAmount[]) =>
  renderTable(
    [{ title }, { title: "amount", align: "decimal" }],
    rows.map(({ key, name, amount }) => [name ?? key ?? "(unattributed)", amount]),
  );

const indented = (line: string) => `  ${line}`;

/** Budgets of projects, and what was none. */
function budgetsText({ budgets, files }: ImportPreview): string[] {
  const leftOut = files.flatMap(({ name, leftOut: values, leftOutCount }) => [
    ...values.map(({ place, given }) => printable(`${name}: ${place}: ${given}`)),
    ...(leftOutCount > values.length ? [`${printable(name)}: ${leftOutCount - values.length} more`] : []),
  ]);
  const table = () =>
    renderTable(
      [{ title: "project" }, { title: "budget a month", align: "decimal" }, { title: "until now", align: "decimal" }],
      budgets.map(({ projectId, name, amount, before }) => [name ?? projectId, amount ?? "none", before]),
    );
  return [
    ...(budgets.length === 0 ? [] : [table()]),
    ...(leftOut.length === 0
      ? []
      : [["Left out, as no monthly amount of a project:", ...leftOut.map(indented)].join("\n")]),
  ];
}

const overlapsText = (overlaps: ImportPreview["overlaps"]) =>
  `Days that something else has, too:\n${renderTable(
    [
      { title: "list" },
      { title: "day" },
      { title: "here", align: "decimal" },
      { title: "there", align: "decimal" },
      { title: "there from" },
      { title: "counts" },
    ],
    overlaps.map(({ list, day, here, there, source, counts }) => [
      list,
      day,
      here,
      there,
      source,
      counts === "sync" ? "synced" : "these files",
    ]),
  )}`;
