import { CheckIcon, CircleHelpIcon, MinusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Abilities } from "@/server/connections/schema";

const readable = ["costs", "usage", "directory"] as const;

/** What a key can read, and whether it could change anything. */
export function AbilitiesList({ abilities }: { abilities: Abilities }) {
  const t = useTranslations("connections.form");
  return (
    <ul className="grid gap-1.5">
      {readable.map((ability) => (
        <li key={ability} className="flex items-start gap-2">
          {abilities[ability] ? (
            <CheckIcon aria-label={t("can")} className="mt-0.5 size-4 shrink-0 text-success-text" />
          ) : (
            <MinusIcon aria-label={t("cannot")} className="mt-0.5 size-4 shrink-0 text-destructive-text" />
          )}
          <span className={abilities[ability] ? undefined : "text-muted-foreground"}>{t(`ability.${ability}`)}</span>
        </li>
      ))}
      <li className="flex items-start gap-2">
        <WritesMark writes={abilities.writes} />
        <span className="text-pretty">{t(writesLabel[abilities.writes])}</span>
      </li>
    </ul>
  );
}

const writesLabel = { yes: "ability.writesYes", no: "ability.writesNo", unknown: "ability.writesUnknown" } as const;

function WritesMark({ writes }: { writes: Abilities["writes"] }) {
  const Icon = writes === "unknown" ? CircleHelpIcon : CheckIcon;
  const tone = writes === "no" ? "text-success-text" : writes === "yes" ? "text-warning-text" : "text-muted-foreground";
  return <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} />;
}
