"use client";

import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import type { DataColumn } from "@/components/tables/types";

type Choice = Record<string, boolean>;

const listeners = new Set<() => void>();

/** Which columns are shown; remembered in this browser when the table has a name. */
export function useColumnChoice<TRow>(columns: readonly DataColumn<TRow>[], rememberAs: string | undefined) {
  const storageKey = rememberAs && `tollkeeper.columns.${rememberAs}`;
  // The server cannot know the choice, so it and the first paint show the default columns.
  const stored = useSyncExternalStore(
    subscribe,
    () => (storageKey ? read(storageKey) : ""),
    () => "",
  );
  const [unnamed, setUnnamed] = useState<Choice>({});
  const chosen = useMemo(() => ({ ...parse(stored), ...unnamed }), [stored, unnamed]);
  const visibility = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id, chosen[column.id] ?? !column.isInitiallyHidden])),
    [columns, chosen],
  );
  const setVisible = useCallback(
    (columnId: string, isVisible: boolean) => {
      const next = { ...chosen, [columnId]: isVisible };
      if (!storageKey || !write(storageKey, next)) setUnnamed(next);
    },
    [chosen, storageKey],
  );
  return { visibility, setVisible };
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    // Storage may be forbidden; the default columns do.
    return "";
  }
}

function parse(stored: string): Choice {
  try {
    const value: unknown = JSON.parse(stored || "{}");
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, entry]) => typeof entry === "boolean"));
  } catch {
    // Something else wrote there; the default columns do.
    return {};
  }
}

/** False when the browser keeps nothing: the choice then lasts as long as the page. */
function write(key: string, choice: Choice): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
    for (const notify of listeners) notify();
    return true;
  } catch {
    return false;
  }
}
