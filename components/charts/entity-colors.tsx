"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { assignColorsByRank } from "@/components/charts/prepare/colors";

const EntityColorsContext = createContext<ReadonlyMap<string, string>>(new Map());

type EntityColorsProps = {
  /**
   * Qualified keys ("project:proj_abc") of what the organization has, most important first. The same list on every
   * page, and slow to change: by spend of all time, say, and not of the range shown.
   */
  keys: readonly string[];
  /** Colours some of them have already. */
  given?: ReadonlyMap<string, string>;
  children: ReactNode;
};

/** Gives the organization's entities their colours once, so that they keep them from page to page. */
export function EntityColors({ keys, children }: EntityColorsProps) {
  const colors = useMemo(() => assignColorsByRank(keys), [keys]);
  return <EntityColorsContext value={colors}>{children}</EntityColorsContext>;
}

export function useEntityColors(): ReadonlyMap<string, string> {
  return useContext(EntityColorsContext);
}
