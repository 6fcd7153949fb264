import type { JsonValue } from "@/server/lib/exact-json-text";
import type { PriceCheck, PriceCheckLine, TiedOrganization, Ties } from "@/server/reconciliation/schema";

/** Both halves for programs. Its names are a promise to scripts: never rename, only add. Amounts are decimal texts. */
export const reconciliationToJson = (
  { range, organizations, freshness }: Ties,
  checks: readonly PriceCheck[],
): JsonValue => ({
  from: range.from,
  to: range.to,
  organizations: organizations.map((organization) => {
    const check = checks.find(({ openaiOrgId }) => openaiOrgId === organization.openaiOrgId);
    return { ...organizationToJson(organization), prices: check ? checkToJson(check) : null };
  }),
  as_of: freshness.asOf,
  complete: freshness.missing.length === 0,
  missing: freshness.missing,
});

const organizationToJson = ({ openaiOrgId, names, total, ties, daysApart, daysApartCount }: TiedOrganization) => ({
  openai_org_id: openaiOrgId,
  names,
  total,
  ties: ties.map(({ by, members, attributed, nobody, notListed }) => ({
    by,
    members,
    attributed,
    nobody,
    not_listed: notListed,
  })),
  days_apart: daysApart.map(({ day, billed, byPerson }) => ({ day, billed, by_person: byPerson })),
  days_apart_count: daysApartCount,
});

const checkToJson = (check: PriceCheck) => ({
  price_list_as_of: check.priceBook.asOf,
  billed: check.billed,
  standard: check.standardAmount,
  tier_effect: check.tierEffect,
  expected: check.expected,
  reasons: check.reasons,
  settled_days: check.settledDays,
  begun_days: check.begunDays,
  lines: check.lines.map(lineToJson),
});

const lineToJson = (line: PriceCheckLine) => ({
  model: line.model,
  kind: line.kind,
  line_item: line.lineItem,
  quantity: line.quantity,
  unpriced_quantity: line.unpricedQuantity,
  no_price: line.noPrice,
  list_price: line.listPrice,
  standard: line.standardAmount,
  expected: line.expected,
  billed: line.billed,
  difference: line.difference,
  reasons: line.reasons,
});
