import type { Label } from "@/server/allocation/resolve";
import { Prisma } from "@/server/db/generated/client";

/** Labels as a named query of a `with` clause: (kind, item_id, from_day, to_day, key, share). */
export const labelTable = (name: string, labels: readonly Label[]) => Prisma.sql`
  ${Prisma.raw(name)} (kind, item_id, from_day, to_day, key, share) as materialized (
    select * from unnest(${labels.map(({ kind }) => kind)}::text[], ${labels.map(({ itemId }) => itemId)}::text[],
      ${labels.map(({ from }) => from)}::date[], ${labels.map(({ to }) => to)}::date[],
      ${labels.map(({ key }) => key)}::text[], ${labels.map(({ share }) => share)}::numeric[]))`;

/** Columns of the rows that are labelled, as SQL of ours; without a person the rows name none. */
export type LabelledColumns = { day: string; api_key: string; user?: string; project: string };

/**
 * Joins to rows the labels of their key, else of their person, else of their project: a row comes back once per label, and
 * once without any. What a row gets is keyOf, and how much of it shareOf.
 */
export function joinLabels(name: string, columns: LabelledColumns): Prisma.Sql {
  const { day, ...byKind } = columns;
  const kinds = precedence.filter((kind) => byKind[kind] !== undefined);
  const joins = kinds.map((kind, i) => {
    const alias = aliasOf(name, kind);
    const isFree = kinds.slice(0, i).map((higher) => `${aliasOf(name, higher)}.kind is null and `);
    return `left join ${name} ${alias} on ${isFree.join("")}${alias}.kind = '${kind}' and ${alias}.item_id = ${byKind[kind]}
      and ${alias}.from_day <= ${day} and ${day} < ${alias}.to_day`;
  });
  return Prisma.raw(joins.join("\n"));
}

/** Whose labels count first. */
export const precedence = ["api_key", "user", "project"] as const;

const aliasOf = (name: string, kind: (typeof precedence)[number]) => `${name}_${kind}`;

/** The label's key; empty without one. */
export const keyOf = (name: string, columns: LabelledColumns) =>
  firstOf(name, { columns, field: "key", otherwise: "''" });

/** The part of a row that its label gets. */
export const shareOf = (name: string, columns: LabelledColumns) =>
  firstOf(name, { columns, field: "share", otherwise: "1" });

type Found = { columns: LabelledColumns; field: "key" | "share"; otherwise: string };

const firstOf = (name: string, { columns, field, otherwise }: Found) => {
  const kinds = precedence.filter((kind) => kind !== "user" || columns.user !== undefined);
  return Prisma.raw(`coalesce(${kinds.map((kind) => `${aliasOf(name, kind)}.${field}`).join(", ")}, ${otherwise})`);
};
