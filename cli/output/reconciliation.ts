import { renderTable } from "@/cli/output/table";
import type { PriceCheck, TiedOrganization, Ties } from "@/server/reconciliation/schema";

/** For people: each organization's cuts, then its bill line by line; why lines differ is in their last column. */
export function reconciliationToText({ organizations, freshness }: Ties, checks: readonly PriceCheck[]): string {
  const parts = organizations.map((organization) => {
    const check = checks.find(({ openaiOrgId }) => openaiOrgId === organization.openaiOrgId);
    return [describeTies(organization), ...(check ? [describeCheck(check)] : [])].join("\n\n");
  });
  const asOf = freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely.";
  return [...(parts.length > 0 ? parts : ["Nothing is stored."]), asOf].join("\n\n");
}

function describeTies({ openaiOrgId, names, total, ties, daysApartCount }: TiedOrganization): string {
  const title = `${[openaiOrgId, ...names].join(", ")}: ${total ?? "-"} US dollars billed.`;
  const table = renderTable(
    [
      { title: "by" },
      { title: "members", align: "count" },
      { title: "attributed", align: "decimal" },
      { title: "nobody", align: "decimal" },
      { title: "not_listed", align: "decimal" },
    ],
    ties.map(({ by, members, attributed, nobody, notListed }) => [by, members, attributed, nobody, notListed]),
  );
  const apart = daysApartCount > 0 ? [`The list by person is not the bill on ${daysApartCount} days.`] : [];
  return [title, table, ...apart].join("\n");
}

function describeCheck({ lines, billed, expected, tierEffect, reasons, priceBook }: PriceCheck): string {
  const table = renderTable(
    [
      { title: "line" },
      { title: "quantity", align: "decimal" },
      { title: "expected", align: "decimal" },
      { title: "billed", align: "decimal" },
      { title: "difference", align: "decimal" },
      { title: "why" },
    ],
    lines.map((line) => [
      line.lineItem ?? [line.model, line.kind].filter(Boolean).join(", "),
      line.quantity,
      line.expected,
      line.billed,
      line.difference,
      line.reasons.map(({ code }) => code).join(", "),
    ]),
  );
  const gap = reasons.map(({ code, amount }) => `${code} ${amount}`).join(", ");
  return `${table}\nExpected ${expected} at the list prices of ${priceBook.asOf}, tiers ${tierEffect} in it; billed ${billed}. Gap: ${gap || "none"}.`;
}
