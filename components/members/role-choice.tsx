"use client";

import { useTranslations } from "next-intl";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Role } from "@/server/members/schema";

type RoleChoiceProps = { label: string; roles: readonly Role[]; value: Role; onValueChange: (role: Role) => void };

/** Each role with what it may do. */
export function RoleChoice({ label, roles, value, onValueChange }: RoleChoiceProps) {
  const t = useTranslations("team.roleText");
  const names = useTranslations("orgs.role");
  return (
    <fieldset>
      <legend className="mb-2 text-13 font-medium">{label}</legend>
      <RadioGroup value={value} onValueChange={(next) => onValueChange(Role.parse(next))} aria-label={label}>
        {roles.map((role) => (
          <label key={role} className="flex cursor-pointer items-start gap-2.5 text-13">
            <RadioGroupItem value={role} className="mt-0.5" />
            <span className="grid gap-0.5">
              <span className="font-medium">{names(role)}</span>
              <span className="text-xs text-pretty text-muted-foreground">{t(role)}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
