"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { assignColors } from "@/components/charts/prepare/colors";

const EntityColorsContext = createContext<ReadonlyMap<string, string>>(new Map());

type EntityColorsProps = {
  /** Qualified keys ("project:proj_abc") of what the organization has; the same list on every page. */
  keys: readonly string[];
  children: ReactNode;
};

/** Gives the organization's entities their colours once, so that they keep them from page to page. */
export function EntityColors({ keys, children }: EntityColorsProps) {
  const colors = useMemo(() => assignColors(keys), [keys]);
  return <EntityColorsContext value={colors}>{children}</EntityColorsContext>;
}

export function useEntityColors(): ReadonlyMap<string, string> {
  return useContext(EntityColorsContext);
}
