import type { OrgScope } from "@/server/auth/scope";
import { type FoundItem, findItems } from "@/server/directory/find-items.sql";
import * as directory from "@/server/directory/related-items.sql";
import { divideDecimals } from "@/server/lib/money";
import { budgetsAround } from "@/server/usage/member-budgets";
import { describeMembers } from "@/server/usage/members";
import { spendSpan } from "@/server/usage/member-around.sql";
import { rateLimitFields } from "@/server/usage/constants";
import type { BreakdownDimension, Member, MemberAround, MemberRef } from "@/server/usage/schema";

type Item = directory.RelatedItem;

/** Since when a member costs something, which limits apply to it, and who else belongs to it, as the directory has it. */
export async function getMemberAround(
  scope: OrgScope,
  { dimension, key }: MemberRef,
  now = new Date(),
): Promise<MemberAround> {
  const ownKey = dimension === "api_key" ? (await findItems(scope, ["api_key"], [key])).get(key) : undefined;
  const items = await itemsAround(scope, { dimension, key }, ownKey);
  // Whose budgets it is spent within.
  const projectIds = dimension === "project" ? [key] : ownKey ? [ownKey.parentId] : [];
  const members = await describeAll(scope, items);
  const ofKind = (...kinds: Item["kind"][]) => items.filter(({ kind }) => kinds.includes(kind));
  const projects = dimension === "user" ? ofKind("project_user", "service_account").filter(({ id }) => id === key) : [];
  const people = ofKind("project_user", "service_account").filter(({ id }) => id !== key);
  return {
    ...(await spendSpan(scope, { dimension, key })),
    rateLimits: ofKind("rate_limit").map((item) => ({
      project: members.project(item.parentId),
      model: item.name ?? item.id,
      limits: Object.fromEntries(rateLimitFields.map((field) => [field, numberOf(item.data[field])])),
    })) as MemberAround["rateLimits"],
    spendLimits: ofKind("spend_limit", "spend_alert").flatMap((item) => {
      const cents = numberOf(item.data.threshold_amount);
      if (cents === null) return [];
      const project = item.parentId === "" ? null : members.project(item.parentId);
      return [
        {
          project,
          kind: item.kind === "spend_limit" ? "limit" : "alert",
          amount: divideDecimals(String(cents), "100"),
        },
      ];
    }),
    budgets: await budgetsAround(scope, projectIds, now),
    people: people.map((item) => ({ member: members.user(item.id), role: roleOf(item) })),
    keys: ofKind("api_key").map((item) => {
      const owner = ownerOf(item.data.owner);
      return {
        member: members.api_key(item.id),
        owner: owner === null ? null : members.user(owner),
        lastUsedAt: instantOf(item.data.last_used_at),
      };
    }),
    projects: projects.map((item) => ({ member: members.project(item.parentId), role: roleOf(item) })),
    unlisted: {
      rateLimits: unlistedOf(ofKind("rate_limit")),
      people: unlistedOf(people),
      keys: unlistedOf(ofKind("api_key")),
      projects: unlistedOf(projects),
    },
  };
}

/** How many more there are of the same kinds than were read. */
function unlistedOf(items: readonly Item[]): number {
  return [...Map.groupBy(items, ({ kind }) => kind).values()].reduce(
    (sum, own) => sum + Math.max(0, (own[0]?.ofKind ?? 0) - directory.MOST_RELATED),
    0,
  );
}

/** @param ownKey of a key what the directory says of it */
async function itemsAround(
  scope: OrgScope,
  { dimension, key }: MemberRef,
  ownKey: FoundItem | undefined,
): Promise<Item[]> {
  switch (dimension) {
    case "project":
      return [
        ...(await directory.itemsUnder(
          scope,
          ["rate_limit", "spend_limit", "spend_alert", "project_user", "service_account", "api_key"],
          [key],
        )),
        ...(await directory.itemsUnder(scope, ["spend_limit", "spend_alert"], [""])),
      ];
    case "user":
      return [
        ...(await directory.itemsNamed(scope, ["project_user", "service_account"], key)),
        ...(await directory.keysOwnedBy(scope, key)),
      ];
    case "api_key": {
      if (!ownKey) return [];
      const limits = await directory.itemsUnder(
        scope,
        ["rate_limit", "spend_limit", "spend_alert"],
        [ownKey.parentId, ""],
      );
      const owner = ownerOf(ownKey.data.owner);
      const others = owner === null ? [] : await directory.keysOwnedBy(scope, owner);
      return [...limits, ...others.filter(({ id }) => id !== key)];
    }
    case "model":
      return directory.limitsOfModel(scope, key);
    default:
      return dimension satisfies never;
  }
}

/** Names of everything that is mentioned, one look-up for each kind. */
async function describeAll(scope: OrgScope, items: readonly Item[]) {
  const idsOf = (dimension: BreakdownDimension) => [
    ...new Set(items.flatMap((item) => mentioned(item)[dimension] ?? []).filter((id) => id !== "")),
  ];
  const describe = async (dimension: BreakdownDimension): Promise<(key: string) => Member> =>
    describeMembers(scope, dimension, idsOf(dimension));
  return { project: await describe("project"), user: await describe("user"), api_key: await describe("api_key") };
}

function mentioned({ kind, id, parentId, data }: Item): Partial<Record<BreakdownDimension, string[]>> {
  const owner = ownerOf(data.owner);
  return {
    project: [parentId],
    user: [...(kind === "project_user" || kind === "service_account" ? [id] : []), ...(owner === null ? [] : [owner])],
    api_key: kind === "api_key" ? [id] : [],
  };
}

/** The owner of a key: { type, user: { id } } or { type, service_account: { id } }. */
export function ownerOf(owner: unknown): string | null {
  if (typeof owner !== "object" || owner === null) return null;
  for (const holder of Object.values(owner)) {
    if (typeof holder === "object" && holder !== null && "id" in holder && typeof holder.id === "string")
      return holder.id;
  }
  return null;
}

const roleOf = ({ data }: Item) => (typeof data.role === "string" ? data.role : null);

const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

const instantOf = (value: unknown) =>
  typeof value === "number" && value > 0 ? new Date(value * 1000).toISOString() : null;
