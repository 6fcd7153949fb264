"use client";

import { type KeyboardEvent, type RefObject, useCallback } from "react";

/** Marks the element of a row that takes the focus and opens it. */
export const rowPrimaryAttribute = "data-row-primary";

type RowKeysOptions = {
  scroller: RefObject<HTMLDivElement | null>;
  rowCount: number;
  scrollTo: (index: number) => void;
};

/** Arrow up and down, Home and End walk the rows; Enter is the link's or button's own. */
export function useRowKeys({ scroller, rowCount, scrollTo }: RowKeysOptions) {
  return useCallback(
    (event: KeyboardEvent) => {
      if (!(event.target instanceof HTMLElement) || !event.target.hasAttribute(rowPrimaryAttribute)) return;
      const current = Number(event.target.getAttribute(rowPrimaryAttribute));
      const next = nextIndex(event.key, current, rowCount);
      if (next === null) return;
      event.preventDefault();
      scrollTo(next);
      const row = () => scroller.current?.querySelector<HTMLElement>(`[${rowPrimaryAttribute}="${next}"]`);
      const here = row();
      if (here) here.focus();
      // A virtual row far away exists only after the list has scrolled there.
      else requestAnimationFrame(() => requestAnimationFrame(() => row()?.focus()));
    },
    [scroller, rowCount, scrollTo],
  );
}

function nextIndex(key: string, current: number, rowCount: number): number | null {
  const last = rowCount - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, current + 1);
    case "ArrowUp":
      return Math.max(0, current - 1);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
