"use client";

import { useTranslations } from "next-intl";
import { EntityDot } from "@/components/charts/entity-dot";
import { useEntityColors } from "@/components/charts/entity-colors";
import { otherColor, unattributedColor } from "@/components/charts/prepare/colors";
import { cn } from "@/components/lib/cn";
import { Badge } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/tooltip";
import { colorKey } from "@/components/usage/chart-input";
import { useMemberLabel } from "@/components/usage/use-member-words";
import type { Member } from "@/server/usage/schema";

type MemberNameProps = {
  member: Member;
  /** Draws the dot that the chart above uses. */
  dimension?: string;
  /** For the row of nobody: what ends up there. */
  unattributedHint?: string;
};

/** A member in a table: name, or id where it has none, then what tells it apart and what became of it. */
export function MemberName({ member, dimension, unattributedHint }: MemberNameProps) {
  const label = useMemberLabel()(member);
  const isNameless = member.key !== null && !member.name;
  const beside = [member.providerName, member.detail].filter(Boolean).join(" · ");
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {dimension && <MemberDot member={member} dimension={dimension} />}
      {member.key === null ? (
        <Nobody label={label} hint={unattributedHint} />
      ) : (
        <span dir="auto" title={label} className={cn("name-text max-w-full", isNameless && "font-mono text-xs")}>
          {label}
        </span>
      )}
      {beside && (
        <span className="name-text min-w-0 flex-1 font-normal text-muted-foreground max-md:hidden" title={beside}>
          {beside}
        </span>
      )}
      <MemberBadges member={member} isCompact />
    </span>
  );
}

function MemberDot({ member, dimension }: { member: Member; dimension: string }) {
  const colors = useEntityColors();
  const color = member.key === null ? unattributedColor : (colors.get(colorKey(dimension, member.key)) ?? otherColor);
  return <EntityDot color={color} />;
}

function Nobody({ label, hint }: { label: string; hint?: string }) {
  return (
    <Tooltip content={hint}>
      <span className="underline decoration-border-strong decoration-dotted underline-offset-4">
        {label}
        {hint && <span className="sr-only">. {hint}</span>}
      </span>
    </Tooltip>
  );
}

/** Nothing for what is simply there. */
export function MemberBadges({ member, isCompact = false }: { member: Member; isCompact?: boolean }) {
  const t = useTranslations("usage");
  return (
    <>
      {member.kind === "service_account" && (
        <Badge variant="outline" className={isCompact ? "max-md:hidden" : undefined}>
          {t("serviceAccount")}
        </Badge>
      )}
      {member.key !== null && member.state !== "active" && (
        <Tooltip content={t(`stateHint.${member.state}`)}>
          <Badge>{t(`state.${member.state}`)}</Badge>
        </Tooltip>
      )}
    </>
  );
}
