import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ratioOf } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";
import type { PriceCheckLine } from "@/server/reconciliation/schema";

const perWords: Record<number, "million" | "thousand" | "minute" | "each"> = {
  1_000_000: "million",
  1_000: "thousand",
  60: "minute",
  1: "each",
};

/** How a line, its price and its gap read. */
export function useLineWords() {
  const t = useTranslations("reconciliation");
  const format = useFormat();
  return useMemo(() => {
    const whyUnknown = ({ noPrice, quantity }: PriceCheckLine): string =>
      quantity === null ? t("reasons.not_metered.text") : noPrice.map((reason) => t(`noPrice.${reason}`)).join(" · ");
    const reasonOf = (line: PriceCheckLine, code: PriceCheckLine["reasons"][number]["code"]): string => {
      switch (code) {
        case "no_price":
          return whyUnknown(line);
        case "below_list":
        case "above_list": {
          const share = ratioOf(line.difference, line.expected);
          const sentence = t(`reasons.${code}.short`, { share: share === null ? "" : format.share(Math.abs(share)) });
          return code === "above_list" && line.hasLongContextPrice ? `${sentence} ${t("longContext")}` : sentence;
        }
        default:
          return t(`reasons.${code}.name`);
      }
    };
    return {
      /** As the bill calls it; usage without a line by model and kind. */
      line: ({ lineItem, model, kind }: PriceCheckLine): string =>
        lineItem ?? (kind ? [model, t(`kinds.${kind}`)].filter(Boolean).join(", ") : t("noLineItem")),
      per: (per: number): string => t(`per.${perWords[per] ?? "each"}`),
      whyUnknown,
      why: (line: PriceCheckLine): string =>
        line.reasons.length === 0 ? t("noGap") : line.reasons.map(({ code }) => reasonOf(line, code)).join(" · "),
    };
  }, [t, format]);
}

export type LineWords = ReturnType<typeof useLineWords>;
