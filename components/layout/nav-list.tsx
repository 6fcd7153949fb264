"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { isActivePath, type NavGroup, type NavItem, navIcons } from "@/components/layout/nav";
import { cn } from "@/components/lib/cn";
import { Tooltip } from "@/components/ui/tooltip";

type NavListProps = { groups: readonly NavGroup[]; isCollapsed: boolean; onNavigate?: () => void };

export function NavList({ groups, isCollapsed, onNavigate }: NavListProps) {
  return (
    <div className="flex flex-col gap-4">
      {groups.map((group) => (
        <div key={group.id}>
          {group.label && !isCollapsed && (
            <p id={`nav-${group.id}`} className="px-2 pb-1 text-xs font-medium text-muted-foreground">
              {group.label}
            </p>
          )}
          {group.label && isCollapsed && <div aria-hidden="true" className="mx-2 mb-2 h-px bg-border" />}
          <ul
            aria-labelledby={group.label && !isCollapsed ? `nav-${group.id}` : undefined}
            aria-label={isCollapsed ? group.label : undefined}
            className="flex flex-col gap-px"
          >
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} isCollapsed={isCollapsed} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function NavLink({ item, isCollapsed, onNavigate }: { item: NavItem } & Omit<NavListProps, "groups">) {
  const path = usePathname();
  const isActive = isActivePath(item, path);
  const Icon = navIcons[item.icon];
  const link = (
    <Link
      href={item.href}
      onClick={onNavigate}
      aria-current={isActive ? "page" : undefined}
      aria-label={isCollapsed ? item.label : undefined}
      className={cn(
        "group/nav flex h-8 items-center gap-2.5 rounded-md px-2 text-13 font-medium transition-colors duration-100 hover:bg-foreground/5 hover:text-foreground focus-visible:-outline-offset-1 max-md:h-10",
        isActive && "bg-foreground/[0.07] text-foreground hover:bg-foreground/[0.07]",
        isCollapsed && "size-8 justify-center px-0",
      )}
    >
      <Icon
        aria-hidden="true"
        className={cn(
          "size-4 shrink-0 text-muted-foreground group-hover/nav:text-foreground",
          isActive && "text-primary-text group-hover/nav:text-primary-text",
        )}
      />
      {!isCollapsed && <span className="truncate">{item.label}</span>}
      {!isCollapsed && item.badge && (
        <span className="ml-auto rounded-sm bg-primary-soft px-1.5 text-2xs font-medium text-primary-text tabular">
          {item.badge}
        </span>
      )}
    </Link>
  );
  return isCollapsed ? (
    <Tooltip content={item.label} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
