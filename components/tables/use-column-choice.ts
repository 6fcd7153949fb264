"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { DataColumn } from "@/components/tables/types";

type Choice = Record<string, boolean>;

/** Which columns are shown; remembered in this browser when the table has a name. */
export function useColumnChoice<TRow>(columns: readonly DataColumn<TRow>[], rememberAs: string | undefined) {
  const [chosen, setChosen] = useState<Choice>({});
  const storageKey = rememberAs && `tollkeeper.columns.${rememberAs}`;
  // Read after the first paint: the server cannot know the choice, and both must render the same.
  useEffect(() => {
    if (storageKey) setChosen(read(storageKey));
  }, [storageKey]);
  const visibility = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id, chosen[column.id] ?? !column.isInitiallyHidden])),
    [columns, chosen],
  );
  const setVisible = useCallback(
    (columnId: string, isVisible: boolean) => {
      const next = { ...chosen, [columnId]: isVisible };
      setChosen(next);
      if (storageKey) write(storageKey, next);
    },
    [chosen, storageKey],
  );
  return { visibility, setVisible };
}

function read(key: string): Choice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === "boolean"));
  } catch {
    // Storage may be forbidden or hold something else; the default columns do.
    return {};
  }
}

function write(key: string, choice: Choice): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // Full or forbidden: the choice then lasts as long as the page.
  }
}
