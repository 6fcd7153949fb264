"use client";

import { ChevronRightIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";

type ExpandButtonProps = { label: string; isOpen: boolean; controls: string; onToggle: () => void };

/** Opens what is behind a row, right below it. */
export const ExpandButton = ({ label, isOpen, controls, onToggle }: ExpandButtonProps) => (
  <Button
    variant="ghost"
    size="icon-sm"
    aria-label={label}
    aria-expanded={isOpen}
    aria-controls={isOpen ? controls : undefined}
    onClick={onToggle}
  >
    <ChevronRightIcon className={cn("transition-transform duration-100", isOpen && "rotate-90")} />
  </Button>
);

type TableDetailRowProps = { id: string; columnCount: number; height: number; children: ReactNode };

/** As wide as what is seen of the table, which may scroll sideways; its height is known, so that rows below stay put, and what is taller scrolls. */
export const TableDetailRow = ({ id, columnCount, height, children }: TableDetailRowProps) => (
  <tr id={id}>
    <td colSpan={columnCount} className="border-b bg-muted/40 p-0">
      <div
        style={{ height }}
        className="sticky left-0 w-[min(100%,calc(100vw-2.125rem))] overflow-x-hidden overflow-y-auto px-2 py-3 scrollbar-thin sm:px-4"
      >
        {children}
      </div>
    </td>
  </tr>
);
