"use client";

import { useState } from "react";

/** Which dialog is open, and whether one ever was: its code is fetched for the first of them, and then stays. */
export function useLazyDialog<D extends string>() {
  const [dialog, setDialog] = useState<D | null>(null);
  const [wasAsked, setWasAsked] = useState(false);
  const open = (wanted: D) => {
    setWasAsked(true);
    setDialog(wanted);
  };
  return { dialog, wasAsked, open, close: () => setDialog(null) };
}
