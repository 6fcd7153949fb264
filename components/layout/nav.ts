import {
  BellIcon,
  BoxesIcon,
  CompassIcon,
  CreditCardIcon,
  CpuIcon,
  FingerprintIcon,
  FileInputIcon,
  FileOutputIcon,
  FolderIcon,
  GaugeIcon,
  HistoryIcon,
  KeyRoundIcon,
  LandmarkIcon,
  LayoutDashboardIcon,
  LinkIcon,
  type LucideIcon,
  PiggyBankIcon,
  ReceiptTextIcon,
  ScaleIcon,
  ScrollTextIcon,
  SettingsIcon,
  ShieldCheckIcon,
  TerminalIcon,
  TrendingUpDownIcon,
  UserCogIcon,
  UsersIcon,
  WaypointsIcon,
} from "lucide-react";

/** Names, not components: the navigation is data and comes from the server. */
export const navIcons = {
  overview: LayoutDashboardIcon,
  explore: CompassIcon,
  anomalies: TrendingUpDownIcon,
  projects: FolderIcon,
  people: UsersIcon,
  keys: KeyRoundIcon,
  models: BoxesIcon,
  imports: FileInputIcon,
  exports: FileOutputIcon,
  reconciliation: ScaleIcon,
  chargeback: ReceiptTextIcon,
  allocation: LandmarkIcon,
  budgets: PiggyBankIcon,
  alerts: BellIcon,
  roles: ShieldCheckIcon,
  limits: GaugeIcon,
  members: UserCogIcon,
  policy: ScrollTextIcon,
  gateway: WaypointsIcon,
  settings: SettingsIcon,
  connections: LinkIcon,
  team: UsersIcon,
  tokens: TerminalIcon,
  singleSignOn: FingerprintIcon,
  audit: HistoryIcon,
  billing: CreditCardIcon,
  usage: CpuIcon,
} satisfies Record<string, LucideIcon>;

export type NavIcon = keyof typeof navIcons;

export type NavItem = {
  href: string;
  label: string;
  icon: NavIcon;
  /** Active on this path only, not below it. */
  isExact?: boolean;
  /** A small figure or word at the end: open alerts, "new". */
  badge?: string;
};

/** A group without a label stands at the top without a heading. */
export type NavGroup = { id: string; label?: string; items: readonly NavItem[] };

/** Whether a page lies on or below a navigation entry. */
export function isActivePath(item: Pick<NavItem, "href" | "isExact">, path: string): boolean {
  return path === item.href || (!item.isExact && path.startsWith(`${item.href}/`));
}
