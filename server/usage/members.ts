import { mayAlso, type OrgScope } from "@/server/auth/scope";
import { type FoundLabel, findLabels, type Labels } from "@/server/directory/find-items.sql";
import type { BreakdownDimension, Member } from "@/server/usage/schema";

/** Names and states of the given keys of one dimension: see describeLists. */
export async function describeMembers(scope: OrgScope, dimension: BreakdownDimension, keys: readonly string[]) {
  const describe = await describeLists(scope, new Map([[dimension, keys]]));
  return (key: string): Member => describe(dimension, key);
}

/**
 * Names and states of the given keys of each dimension, the organization's own names first; the empty key is "attributed
 * to nobody". The provider's shortened value of a key is a hint of a secret: told to who may change connections alone.
 */
export async function describeLists(scope: OrgScope, keysOf: ReadonlyMap<BreakdownDimension, readonly string[]>) {
  const wanted = [...keysOf].flatMap(([dimension, keys]) =>
    dimension === "model" ? [] : [[dimension, keys.filter((key) => key !== "")] as const],
  );
  const labels = new Map<BreakdownDimension, Labels>(await findLabels(scope, new Map(wanted)));
  const hidesHints = !mayAlso(scope, "connections:write");
  return (dimension: BreakdownDimension, key: string): Member => {
    const found = labels.get(dimension);
    const told = describe(dimension, key, found?.items.get(key));
    const member = dimension === "api_key" && hidesHints ? { ...told, detail: null } : told;
    const alias = found?.aliases.get(key);
    return alias === undefined ? member : { ...member, name: alias, providerName: member.name };
  };
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
