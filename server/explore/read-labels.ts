import type { OrgScope } from "@/server/auth/scope";
import { assignedValues } from "@/server/allocation/assigned";
import { costCenterLabels } from "@/server/allocation/cost-center-labels";
import { type Label, labelsOfValues } from "@/server/allocation/resolve";
import { findKeyOwners } from "@/server/directory/key-owners.sql";
import type { ExploreDimension, LabelDimension } from "@/server/explore/constants";
import { isLabel } from "@/server/explore/source";
import type { DayRange } from "@/server/usage/schema";

/** By dimension, what keys, people and projects are labelled with on the days of a range. */
export type Labels = ReadonlyMap<LabelDimension, readonly Label[]>;

type Asked = { dimensions: readonly ExploreDimension[]; tag: string | null; span: DayRange };

/** The labels that a question groups or filters by; mostly none. */
export async function readLabels(scope: OrgScope, { dimensions, tag, span }: Asked): Promise<Labels> {
  const labels = new Map<LabelDimension, readonly Label[]>();
  for (const dimension of new Set(dimensions.filter(isLabel))) {
    labels.set(dimension, await labelsOf(scope, dimension, { tag, span }));
  }
  return labels;
}

async function labelsOf(scope: OrgScope, dimension: LabelDimension, { tag, span }: Omit<Asked, "dimensions">) {
  switch (dimension) {
    case "tag":
      return tag === null ? [] : labelsOfValues(await assignedValues(scope, tag), span);
    case "cost_center":
      return costCenterLabels(scope, span);
    case "service_account":
      return serviceAccountLabels(scope, span);
    default:
      return dimension satisfies never;
  }
}

/** A service account is who owns a key; usage also names it as its user. */
async function serviceAccountLabels(scope: OrgScope, span: DayRange): Promise<Label[]> {
  const owners = await findKeyOwners(scope, { serviceAccounts: true });
  const accounts = new Set(owners.map(({ ownerId }) => ownerId));
  return [
    ...owners.map(
      ({ keyId, ownerId }): Label => ({ ...span, kind: "api_key", itemId: keyId, key: ownerId, share: "1" }),
    ),
    ...[...accounts].map((id): Label => ({ ...span, kind: "user", itemId: id, key: id, share: "1" })),
  ];
}
