import type { OrgScope } from "@/server/auth/scope";
import { type FoundItem, findItems } from "@/server/directory/find-items.sql";
import type { BreakdownDimension, Member } from "@/server/usage/schema";

const directoryKinds: Record<BreakdownDimension, string[]> = {
  project: ["project"],
  user: ["user", "service_account", "project_user"],
  api_key: ["api_key"],
  model: [],
};

/** Names and states of the given keys; the empty key is "attributed to nobody". */
export async function describeMembers(scope: OrgScope, dimension: BreakdownDimension, keys: readonly string[]) {
  const items = await findItems(
    scope,
    directoryKinds[dimension],
    keys.filter((key) => key !== ""),
  );
  return (key: string): Member => describe(dimension, key, items.get(key));
}

function describe(dimension: BreakdownDimension, key: string, item: FoundItem | undefined): Member {
  if (key === "") return { key: null, name: null, detail: null, state: "active", kind: dimension };
  if (dimension === "model") return { key, name: key, detail: null, state: "active", kind: "model" };
  return {
    key,
    name: item?.name ?? null,
    detail: item ? detailOf(item) : null,
    state: stateOf(item),
    kind: item?.kind === "service_account" ? "service_account" : dimension,
  };
}

function stateOf(item: FoundItem | undefined): Member["state"] {
  if (!item) return "unknown";
  if (item.removedAt) return "deleted";
  return item.data.status === "archived" ? "archived" : "active";
}

function detailOf(item: FoundItem): string | null {
  const detail = item.kind === "api_key" ? item.data.redacted_value : item.data.email;
  return typeof detail === "string" && detail !== item.name ? detail : null;
}
