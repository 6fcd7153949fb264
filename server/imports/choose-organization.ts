import { type KnownOrganization } from "@/server/imports/imports.sql";
import { UNKNOWN_ORGANIZATION } from "@/server/imports/recount.sql";
import { RefusedFile } from "@/server/imports/refusal";
import type { ImportedFile } from "@/server/imports/schema";

export type Choice = {
  known: readonly KnownOrganization[];
  files: readonly File[];
  /** The connection that the person chose. */
  connectionId: string | null;
};

type File = Pick<ImportedFile, "openaiOrgId" | "days">;

/** All of an import's files are of one organization, but not all of them say which. */
export const organizationNamed = (files: readonly File[]): string | null =>
  files.find(({ openaiOrgId }) => openaiOrgId)?.openaiOrgId ?? null;

/**
 * Pure: whose money files hold. What they say; else the chosen connection's; else the only connection's, or the only
 * organization that there is any history of; "files" where there is none.
 * @returns null where somebody has to choose
 * @throws RefusedFile for a choice that the files contradict
 */
export function chooseOrganization({ known, files, connectionId }: Choice): string | null {
  const named = organizationNamed(files);
  const chosen = known.find((organization) => organization.connectionId === connectionId && connectionId !== null);
  if (chosen && named && chosen.openaiOrgId !== named) throw new RefusedFile("other_organization", { what: named });
  if (named) return named;
  if (chosen) return chosen.openaiOrgId;
  const living = known.filter(({ isLiving }) => isLiving);
  const candidates =
    living.length > 0 ? living : known.filter(({ openaiOrgId }) => openaiOrgId !== UNKNOWN_ORGANIZATION);
  // Names and budgets alone are nobody's money: where they come from need not be said.
  const hasDays = files.some(({ days }) => days > 0);
  if (candidates.length > 1) return hasDays ? null : UNKNOWN_ORGANIZATION;
  return candidates[0]?.openaiOrgId ?? UNKNOWN_ORGANIZATION;
}
