"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { hasKey } from "@/components/lib/has-key";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { UnlistedNote } from "@/components/usage/unlisted-note";
import { MemberName } from "@/components/usage/member-name";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, MemberAround } from "@/server/usage/schema";

/** Who and what else belongs to a member; a table that would be empty is left out. */
export function RelatedTables({ around }: { around: MemberAround }) {
  return (
    <div className="grid items-start gap-4 2xl:grid-cols-2">
      <HoldersTable dimension="user" rows={around.people} unlisted={around.unlisted.people} />
      <HoldersTable dimension="project" rows={around.projects} unlisted={around.unlisted.projects} />
      <KeysTable rows={around.keys} unlisted={around.unlisted.keys} />
    </div>
  );
}

type RelatedProps<T> = { rows: readonly T[]; unlisted: number };

type Holder = MemberAround["people"][number];

/** People and service accounts of a project, or the projects of a person, with the role. */
function HoldersTable({ dimension, rows, unlisted }: RelatedProps<Holder> & { dimension: BreakdownDimension }) {
  const t = useTranslations("usage");
  const roles = useTranslations("usage.roles");
  const label = useMemberLabel();
  const href = useMemberHref();
  const title = t(dimension === "user" ? "around.people" : "around.projects");
  const columns = useMemo(
    (): DataColumn<Holder>[] => [
      {
        id: "name",
        header: t("around.name"),
        value: (row) => label(row.member),
        cell: (row) => <MemberName member={row.member} />,
      },
      {
        id: "role",
        header: t("facts.role"),
        width: 140,
        value: ({ role }) => (role !== null && hasKey(roles, role) ? roles(role) : role),
      },
    ],
    [t, roles, label],
  );
  if (rows.length === 0) return null;
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={({ member }) => member.key ?? ""}
        rowHref={({ member }) => href(dimension, member.key)}
        hasToolbar={rows.length > 12}
        maxHeight="24rem"
      />
      <UnlistedNote listed={rows.length} unlisted={unlisted} />
    </Card>
  );
}

type HeldKey = MemberAround["keys"][number];

/** Keys with their owners and when they were last used. */
function KeysTable({ rows, unlisted }: RelatedProps<HeldKey>) {
  const t = useTranslations("usage");
  const label = useMemberLabel();
  const href = useMemberHref();
  const columns = useMemo(
    (): DataColumn<HeldKey>[] => [
      {
        id: "name",
        header: t("around.name"),
        value: (row) => label(row.member),
        cell: (row) => <MemberName member={row.member} />,
      },
      { id: "owner", header: t("facts.owner"), value: ({ owner }) => (owner ? label(owner) : null) },
      { id: "lastUsed", header: t("facts.last_used_at"), kind: "instant", width: 170, value: (row) => row.lastUsedAt },
    ],
    [t, label],
  );
  if (rows.length === 0) return null;
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>{t("around.keys")}</CardTitle>
      </CardHeader>
      <DataTable
        label={t("around.keys")}
        columns={columns}
        rows={rows}
        rowKey={({ member }) => member.key ?? ""}
        rowHref={({ member }) => href("api_key", member.key)}
        hasToolbar={rows.length > 12}
        maxHeight="24rem"
      />
      <UnlistedNote listed={rows.length} unlisted={unlisted} />
    </Card>
  );
}
