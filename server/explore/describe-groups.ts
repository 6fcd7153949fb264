import type { OrgScope } from "@/server/auth/scope";
import { findCostCenterNames } from "@/server/allocation/cost-centers";
import type { ExploreDimension } from "@/server/explore/constants";
import type { ExploreLabel } from "@/server/explore/schema";
import type { CountedStream } from "@/server/explore/streams.sql";
import { describeMembers } from "@/server/usage/members";

/** A dimension and one of its keys; the empty key is nobody. */
export type NamedKey = readonly [ExploreDimension, string];

export type Describe = (dimension: ExploreDimension, key: string) => ExploreLabel;

/** Names for keys: from the provider's directory, or of our connections. */
export async function describeKeys(
  scope: OrgScope,
  keys: readonly NamedKey[],
  streams: readonly CountedStream[],
): Promise<Describe> {
  const directories = new Map<ExploreDimension, Awaited<ReturnType<typeof describeMembers>>>();
  for (const dimension of ["project", "user", "api_key"] as const) {
    const ids = new Set(keys.filter(([of]) => of === dimension).map(([, key]) => key));
    if (ids.size > 0) directories.set(dimension, await describeMembers(scope, dimension, [...ids]));
  }
  const accounts = new Set(keys.filter(([of]) => of === "service_account").map(([, key]) => key));
  if (accounts.size > 0) directories.set("service_account", await describeMembers(scope, "user", [...accounts]));
  const centerNames = keys.some(([of]) => of === "cost_center") ? await findCostCenterNames(scope) : noNames;
  const connectionNames = new Map(streams.map(({ connectionId, connectionName }) => [connectionId, connectionName]));
  return (dimension, key) => {
    if (key === "") return { ...plain, dimension, key: null, name: null };
    const found = directories.get(dimension)?.(key);
    if (found) {
      const { kind, ...label } = found;
      return { ...label, dimension, isServiceAccount: kind === "service_account" };
    }
    if (dimension === "connection") return { ...plain, dimension, key, name: connectionNames.get(key) ?? null };
    if (dimension === "cost_center") return { ...plain, dimension, key, name: centerNames.get(key) ?? null };
    return { ...plain, dimension, key, name: key };
  };
}

const noNames: ReadonlyMap<string, string> = new Map();

const plain = { detail: null, state: "active", isServiceAccount: false } as const;
