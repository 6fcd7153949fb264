import type { OrgScope } from "@/server/auth/scope";
import type { ExploreDimension } from "@/server/explore/constants";
import type { ExploreLabel } from "@/server/explore/schema";
import type { CountedStream } from "@/server/explore/streams.sql";
import { describeMembers } from "@/server/usage/members";

export type Describe = (dimension: ExploreDimension, key: string) => ExploreLabel;

type Asked = {
  groupBy: readonly ExploreDimension[];
  keys: readonly (readonly string[])[];
  listed: readonly CountedStream[];
};

/** Names for the keys of groups: from the provider's directory, or of our connections. The empty key is nobody. */
export async function describeGroups(scope: OrgScope, { groupBy, keys, listed }: Asked): Promise<Describe> {
  const directories = new Map<ExploreDimension, Awaited<ReturnType<typeof describeMembers>>>();
  for (const [position, dimension] of groupBy.entries()) {
    if (dimension !== "project" && dimension !== "user" && dimension !== "api_key") continue;
    const ids = new Set(keys.map((key) => key[position] ?? ""));
    directories.set(dimension, await describeMembers(scope, dimension, [...ids]));
  }
  const connectionNames = new Map(listed.map(({ connectionId, connectionName }) => [connectionId, connectionName]));
  return (dimension, key) => {
    if (key === "") return { ...plain, dimension, key: null, name: null };
    const found = directories.get(dimension)?.(key);
    if (found) return { ...found, dimension, isServiceAccount: found.kind === "service_account" };
    return { ...plain, dimension, key, name: dimension === "connection" ? (connectionNames.get(key) ?? null) : key };
  };
}

const plain = { detail: null, state: "active", isServiceAccount: false } as const;
