"use client";

import { useMemo } from "react";
import type { ChartUnit } from "@/components/charts/prepare/types";
import type { DecimalText } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";

export type UnitFormat = {
  value: (value: DecimalText | null | undefined) => string;
  exact: (value: DecimalText | null | undefined) => string;
  /** Axis ticks: geometry, not figures. */
  tick: (value: number) => string;
};

/** How figures of a unit are written, in the reader's locale. */
export function useUnitFormat(unit: ChartUnit): UnitFormat {
  const format = useFormat();
  return useMemo(
    () =>
      unit === "usd"
        ? { value: format.money, exact: format.moneyExact, tick: format.moneyCompact }
        : { value: format.count, exact: format.countExact, tick: format.countCompact },
    [format, unit],
  );
}
