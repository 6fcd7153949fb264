"use client";

import { useRef } from "react";

/**
 * Gives the focus back to whatever had it before a dialog opened. Radix does so for a dialog's own trigger only; ours are
 * opened by shortcuts and menu entries as well.
 */
export function useReturnFocus() {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = openerOf(document.activeElement);
    },
    onCloseAutoFocus: (event: Event) => {
      if (!opener.current?.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
}

/** A menu is gone when the dialog that one of its entries has opened closes: the focus goes to the menu's button. */
function openerOf(element: Element | null): HTMLElement | null {
  const buttonId = element?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const opener = buttonId ? document.getElementById(buttonId) : element;
  return opener instanceof HTMLElement ? opener : null;
}
