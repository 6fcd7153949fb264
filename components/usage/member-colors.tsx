"use client";

import { type ReactNode, useEffect, useMemo } from "react";
import { EntityColors } from "@/components/charts/entity-colors";
import { assignColors } from "@/components/charts/prepare/colors";
import { useOrg } from "@/components/orgs/org-context";
import { coloredKeys } from "@/components/usage/chart-input";

/** Colours given so far in this tab, by organization and dimension. Empty on the server and in the first paint. */
const remembered = new Map<string, ReadonlyMap<string, string>>();

type MemberColorsProps = {
  dimension: string;
  /** What the page draws in colour. */
  members: readonly { key: string | null; isOther?: boolean }[];
  children: ReactNode;
};

/** One colour per member for everything below, kept from page to page and from range to range. */
export function MemberColors({ dimension, members, children }: MemberColorsProps) {
  const { slug } = useOrg();
  const scope = `${slug} ${dimension}`;
  const keys = useMemo(() => [...new Set(coloredKeys(members, dimension))], [members, dimension]);
  const given = remembered.get(scope);
  useEffect(() => {
    if (keys.every((key) => given?.has(key))) return;
    remembered.set(scope, new Map([...(given ?? []), ...assignColors(keys, given)]));
  }, [scope, keys, given]);
  return (
    <EntityColors keys={keys} given={given}>
      {children}
    </EntityColors>
  );
}
