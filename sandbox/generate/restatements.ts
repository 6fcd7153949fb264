/** A later correction of one day's figures, as the provider makes them. */
export interface Restatement {
  /** Days since the epoch, UTC. */
  day: number;
  projectId: string | null;
  apiKeyId: string | null;
  lineItem: string | null;
  /** Usage moves the costs as well, because they are priced from it. */
  target: "costs" | "usage";
  /** Plain decimal multiplier; "0" leaves rows of zero. */
  factor: string | null;
  /** Dollars added to the costs of the day as one more row, plain decimal, may be negative. */
  delta: string | null;
  /** The matching rows vanish. */
  remove: boolean;
}

/** The multiplier of a usage cell; 1 when nothing was restated. */
export function usageFactor(
  restatements: readonly Restatement[],
  day: number,
  cell: { projectId: string | null; apiKeyId: string | null },
): number {
  let factor = 1;
  for (const item of restatements) {
    if (item.day !== day || item.target === "costs") continue;
    if (item.projectId !== null && item.projectId !== cell.projectId) continue;
    if (item.apiKeyId !== null && item.apiKeyId !== cell.apiKeyId) continue;
    if (item.remove) return 0;
    if (item.factor !== null) factor *= Number(item.factor);
  }
  return factor;
}
