import { type KnownOrganization } from "@/server/imports/imports.sql";
import { UNKNOWN_ORGANIZATION } from "@/server/imports/recount.sql";
import { RefusedFile } from "@/server/imports/refusal";

export type Choice = {
  known: readonly KnownOrganization[];
  /** As the files name it. */
  named: string | null;
  /** The connection that the person chose. */
  connectionId: string | null;
  /** Names and budgets alone are nobody's money: where they come from need not be said. */
  hasDays: boolean;
};

/**
 * Pure: whose money files hold. What they say; else the chosen connection's; else the only connection's, or the only
 * organization that there is any history of; "files" where there is none.
 * @returns null where somebody has to choose
 * @throws RefusedFile for a choice that the files contradict
 */
export function chooseOrganization({ known, named, connectionId, hasDays }: Choice): string | null {
  const chosen = known.find((organization) => organization.connectionId === connectionId && connectionId !== null);
  if (chosen && named && chosen.openaiOrgId !== named) throw new RefusedFile("other_organization", { what: named });
  if (named) return named;
  if (chosen) return chosen.openaiOrgId;
  const living = known.filter(({ isLiving }) => isLiving);
  const candidates =
    living.length > 0 ? living : known.filter(({ openaiOrgId }) => openaiOrgId !== UNKNOWN_ORGANIZATION);
  if (candidates.length > 1) return hasDays ? null : UNKNOWN_ORGANIZATION;
  return candidates[0]?.openaiOrgId ?? UNKNOWN_ORGANIZATION;
}
