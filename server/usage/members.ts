import type { OrgScope } from "@/server/auth/scope";
import { type FoundLabel, findLabels } from "@/server/directory/find-items.sql";
import type { BreakdownDimension, Member } from "@/server/usage/schema";

const directoryKinds: Record<BreakdownDimension, string[]> = {
  project: ["project"],
  user: ["user", "service_account", "project_user"],
  api_key: ["api_key"],
  model: [],
};

/** Names and states of the given keys; the empty key is "attributed to nobody". */
export async function describeMembers(scope: OrgScope, dimension: BreakdownDimension, keys: readonly string[]) {
  const items = await findLabels(
    scope,
    directoryKinds[dimension],
    keys.filter((key) => key !== ""),
  );
  return (key: string): Member => describe(dimension, key, items.get(key));
}

function describe(dimension: BreakdownDimension, key: string, item: FoundLabel | undefined): Member {
  if (key === "") return { key: null, name: null, detail: null, state: "active", kind: dimension };
  if (dimension === "model") return { key, name: key, detail: null, state: "active", kind: "model" };
  return {
    key,
    name: item?.name ?? null,
    detail: item?.detail === item?.name ? null : (item?.detail ?? null),
    state: stateOf(item),
    kind: item?.kind === "service_account" ? "service_account" : dimension,
  };
}

function stateOf(item: FoundLabel | undefined): Member["state"] {
  if (!item) return "unknown";
  if (item.removedAt) return "deleted";
  return item.status === "archived" ? "archived" : "active";
}
