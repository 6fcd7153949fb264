import type { RefusedFile } from "@/server/imports/refusal";
import type { ImportAmount, ImportedFile, ImportPreview, ImportSummary } from "@/server/imports/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

// For programs. Names are a promise to scripts: never rename, only add.

export const fileToJson = (file: ImportedFile) => ({
  name: file.name,
  format: file.format,
  sha256: file.sha256,
  bytes: file.bytes,
  rows: file.rows,
  lists: file.lists,
  openai_org_id: file.openaiOrgId,
  first_day: file.firstDay,
  last_day: file.lastDay,
  days: file.days,
  amount: file.amount,
  names: file.names,
  budgets: file.budgets,
  left_out: file.leftOut.map(({ place, given }) => ({ place, given })),
  left_out_count: file.leftOutCount,
  days_left_out: file.openDays,
  is_one_of_several_pages: file.hasMore,
});

export const refusalToJson = (name: string, { refusal, place, message }: RefusedFile) => ({
  name,
  code: refusal,
  place,
  message,
});

export function previewToJson(preview: ImportPreview) {
  const amounts = (id: string, label: string, rows: readonly ImportAmount[]): JsonValue =>
    rows.map(({ key, name, amount }) => ({ [id]: key, [label]: name, amount }));
  return {
    files: preview.files.map(fileToJson),
    openai_org_id: preview.organization.openaiOrgId,
    days: preview.days && {
      first: preview.days.first,
      last: preview.days.last,
      count: preview.days.count,
      missing: preview.days.missing,
      in_several_files: preview.days.shared,
    },
    total: preview.total,
    by_day: preview.byDay,
    by_project: amounts("project_id", "project_name", preview.byProject),
    by_user: amounts("user_id", "user_name", preview.byUser),
    by_model: preview.byModel.map(({ key, amount }) => ({ model: key, amount })),
    other_currencies: preview.otherCurrencies,
    overlaps: preview.overlaps,
    budgets: preview.budgets.map(({ projectId, name, amount, before }) => ({
      project_id: projectId,
      project_name: name,
      period: "month",
      amount,
      amount_before: before,
    })),
  };
}

export const summaryToJson = (row: ImportSummary) => ({
  id: row.id,
  state: row.state,
  openai_org_id: row.openaiOrgId,
  committed_at: row.committedAt,
  committed_by: row.committedBy,
  undone_at: row.undoneAt,
  undone_by: row.undoneBy,
  counted_days: row.countedDays,
  files: row.files.map(fileToJson),
});
