import type { OrgScope } from "@/server/auth/scope";
import { type FoundItem, findItems } from "@/server/directory/find-items.sql";
import { notFound } from "@/server/lib/errors";
import { compareDecimals, ratio, sumDecimals } from "@/server/lib/money";
import { toDailySeries, topKeys } from "@/server/usage/daily-series";
import { previousRangeOf } from "@/server/usage/day-ranges";
import { coverageOf } from "@/server/usage/coverage";
import { wasEverNamed } from "@/server/usage/history.sql";
import { knownAmounts, knownCounts } from "@/server/usage/known-figures";
import { ownerOf } from "@/server/usage/member-around";
import { describeMembers } from "@/server/usage/members";
import { costStreamOf, streamsBehind } from "@/server/usage/page-streams";
import type { Member, MemberDetail, MemberInput } from "@/server/usage/schema";
import { type CountSums, spendByKey, spendOfMember, usageByModelOf } from "@/server/usage/spend.sql";

/** One project, person, key or model. @throws AppError not_found for a key that is in neither figures nor directory. */
export async function getMemberDetail(scope: OrgScope, { dimension, key, range }: MemberInput): Promise<MemberDetail> {
  const previousRange = previousRangeOf(range);
  const storedKey = key ?? "";
  const member = (await describeMembers(scope, dimension, [storedKey]))(storedKey);
  const found = await spendByKey(scope, [dimension], { range, previousRange, keys: [storedKey] });
  const [spend] = found.get(dimension) ?? [];
  const amounts = await spendOfMember(scope, { dimension, key }, range);
  const byModel = await usageByModelOf(scope, { dimension, key: storedKey }, range);
  // Models are in no directory: they exist by what they were used for.
  const isListed = member.state !== "unknown" && dimension !== "model";
  if (!isListed && key !== null && !spend && byModel.length === 0 && !(await wasEverNamed(scope, dimension, key)))
    throw notFound(dimension);
  const coverage = await coverageOf(scope, { streams: streamsBehind(dimension), range, besides: [previousRange] });
  const known = coverage.costs[costStreamOf(dimension)];
  // Who has usage but is not named by the costs is paid for in another row, often that of nobody: no zero is known.
  const isPaidElsewhere = !spend && byModel.length > 0;
  const byLineItem = Map.groupBy(amounts, ({ lineItem }) => lineItem ?? "");
  const lineItems = [...byLineItem].map(([name, rows]) => ({
    key: name,
    amount: sumDecimals(rows.map((row) => row.amount)),
  }));
  const keys = topKeys(lineItems);
  return {
    member,
    ...(await surroundings(scope, member)),
    totals: {
      ...(isPaidElsewhere
        ? { amount: null, previousAmount: null }
        : knownAmounts(known, { range, previousRange })(spend)),
      usage: knownCounts(sumUsage(byModel.map((row) => row.usage)), coverage.counts),
    },
    series: toDailySeries({
      range,
      keys,
      amounts: amounts.map((row) => ({ ...row, key: keys.includes(row.lineItem ?? "") ? (row.lineItem ?? "") : null })),
      describe: (name) => ({ key: name || null, name: name || null, detail: null, state: "active", kind: "line_item" }),
      isKnown: known.day,
    }),
    byLineItem: lineItems
      .toSorted((a, b) => compareDecimals(b.amount, a.amount))
      .map(({ key: name, amount }) => ({
        lineItem: name || null,
        amount,
        share: ratio(amount, spend?.amount ?? null),
      })),
    byModel: byModel.map(({ model, usage }) => ({ model, usage: knownCounts(usage, coverage.counts) })),
    freshness: coverage.freshness,
  };
}

const none: CountSums = { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 };

const sumUsage = (counts: readonly CountSums[]) =>
  counts.reduce(
    (sum, usage) => ({
      requests: sum.requests + usage.requests,
      inputTokens: sum.inputTokens + usage.inputTokens,
      inputCachedTokens: sum.inputCachedTokens + usage.inputCachedTokens,
      outputTokens: sum.outputTokens + usage.outputTokens,
    }),
    none,
  );

/** What the directory tells of a member: dates, role, and for a key its project and owner. */
async function surroundings(scope: OrgScope, member: Member): Promise<Pick<MemberDetail, "related" | "facts">> {
  const kinds = member.kind === "user" ? ["user", "project_user"] : [member.kind];
  const item =
    member.key && member.kind !== "model" ? (await findItems(scope, kinds, [member.key])).get(member.key) : undefined;
  if (!item) return { related: [], facts: [] };
  return { related: await relatedOf(scope, item), facts: factsOf(item) };
}

async function relatedOf(scope: OrgScope, item: FoundItem): Promise<MemberDetail["related"]> {
  const related: MemberDetail["related"] = [];
  if (item.parentId !== "" && item.kind !== "project_user") {
    const describe = await describeMembers(scope, "project", [item.parentId]);
    related.push({ label: "project", dimension: "project", member: describe(item.parentId) });
  }
  const ownerId = ownerOf(item.data.owner);
  if (ownerId) {
    const describe = await describeMembers(scope, "user", [ownerId]);
    related.push({ label: "owner", dimension: "user", member: describe(ownerId) });
  }
  return related;
}

function factsOf({ data, removedAt }: FoundItem): MemberDetail["facts"] {
  const instant = (value: unknown) =>
    typeof value === "number" && value > 0 ? new Date(value * 1000).toISOString() : null;
  const values = {
    created_at: instant(data.created_at) ?? instant(data.added_at),
    last_used_at: instant(data.last_used_at) ?? instant(data.api_key_last_used_at),
    archived_at: instant(data.archived_at),
    removed_at: removedAt?.toISOString() ?? null,
    role: typeof data.role === "string" ? data.role : null,
  };
  return Object.entries(values).flatMap(([label, value]) =>
    value === null ? [] : [{ label: label as MemberDetail["facts"][number]["label"], value }],
  );
}
