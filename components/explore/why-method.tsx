"use client";

import { InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { whyEffects } from "@/server/explore/constants";

/** How a difference is taken apart, in words. */
export function WhyMethod() {
  const t = useTranslations("explore.why");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm">
          <InfoIcon />
          {t("method")}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-104 overflow-y-auto text-13">
        <p className="text-pretty">{t("methodText")}</p>
        <dl className="mt-3 grid gap-2.5">
          {whyEffects.map((effect) => (
            <div key={effect}>
              <dt className="font-medium">{t(`effects.${effect}`)}</dt>
              <dd className="text-pretty text-muted-foreground">{t(`hints.${effect}`)}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-pretty text-muted-foreground">{t("methodNew")}</p>
      </PopoverContent>
    </Popover>
  );
}
