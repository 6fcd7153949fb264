import { CircleHelpIcon, ClockIcon, type LucideIcon, ServerIcon, TerminalIcon, UserIcon } from "lucide-react";
import type { ActorType } from "@/server/audit/constants";

const icons: Record<ActorType, LucideIcon> = {
  user: UserIcon,
  token: TerminalIcon,
  job: ClockIcon,
  operator: ServerIcon,
  anonymous: CircleHelpIcon,
};

const isKnown = (type: string): type is ActorType => Object.hasOwn(icons, type);

/** Whether a person, a program or the product itself acted. */
export function ActorIcon({ type }: { type: string }) {
  const Icon = isKnown(type) ? icons[type] : CircleHelpIcon;
  return <Icon aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />;
}
