import { mayAlso, type OrgScope } from "@/server/auth/scope";
import { findAliases } from "@/server/directory/aliases.sql";
import { type FoundLabel, findLabels } from "@/server/directory/find-items.sql";
import type { BreakdownDimension, Member } from "@/server/usage/schema";

const directoryKinds: Record<BreakdownDimension, string[]> = {
  project: ["project"],
  user: ["user", "service_account", "project_user"],
  api_key: ["api_key"],
  model: [],
};

/**
 * Names and states of the given keys, the organization's own names first; the empty key is "attributed to nobody". The
 * provider's shortened value of a key is a hint of a secret: told to who may change connections alone.
 */
export async function describeMembers(scope: OrgScope, dimension: BreakdownDimension, keys: readonly string[]) {
  const ids = dimension === "model" ? [] : keys.filter((key) => key !== "");
  const items = await findLabels(scope, directoryKinds[dimension], ids);
  const aliases = dimension === "model" ? noAliases : await findAliases(scope, dimension, ids);
  const hidesDetail = dimension === "api_key" && !mayAlso(scope, "connections:write");
  return (key: string): Member => {
    const told = describe(dimension, key, items.get(key));
    const member = hidesDetail ? { ...told, detail: null } : told;
    const alias = aliases.get(key);
    return alias === undefined ? member : { ...member, name: alias, providerName: member.name };
  };
}

const noAliases: ReadonlyMap<string, string> = new Map();

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
