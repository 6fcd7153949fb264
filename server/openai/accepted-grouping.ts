import { isProviderError } from "./errors";

export type Grouped<G, T> = { grouping: G; value: T };

/**
 * Asks with each grouping in turn, finest first, until the provider accepts one. A 400 is what it answers to a
 * combination which the organization or the range does not support; the last one tried is thrown if none is accepted,
 * so that a request which is wrong for another reason still fails with the provider's own error.
 * Start at the grouping that was accepted last time by passing a shorter list.
 */
export async function withAcceptedGrouping<G, T>(
  groupings: readonly G[],
  ask: (grouping: G) => Promise<T>,
): Promise<Grouped<G, T>> {
  let refusal: unknown = new RangeError("no grouping to ask with");
  for (const grouping of groupings) {
    try {
      return { grouping, value: await ask(grouping) };
    } catch (error) {
      if (!isProviderError(error, "bad_request") || error.status !== 400) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
