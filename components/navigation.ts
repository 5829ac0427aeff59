import {
  Bell,
  Building2,
  ChartColumn,
  House,
  Import,
  KeyRound,
  ListTodo,
  type LucideIcon,
  MapPinHouse,
  Phone,
  Send,
  Settings,
  SquareKanban,
  Users,
} from 'lucide-react';

/** One destination of the shell. */
export type NavItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Second key of the `g …` sequence that goes there. */
  goKey: string;
  /** Stands in the phone's bottom bar, which has room for three beside search. */
  onPhone?: boolean;
};

/** Destinations under one heading; the first group has none. */
export type NavGroup = { label: string | null; items: readonly NavItem[] };

/** Every destination that exists, in the order of the sidebar. A new room adds its line here. */
export const navigation: readonly NavGroup[] = [
  {
    label: null,
    items: [
      { href: '/', label: 'Home', icon: House, goKey: 'h', onPhone: true },
      { href: '/notifications', label: 'Notifications', icon: Bell, goKey: 'n' },
    ],
  },
  {
    label: 'Work',
    items: [
      { href: '/owners', label: 'Owners', icon: KeyRound, goKey: 'w', onPhone: true },
      { href: '/verification', label: 'Verification', icon: SquareKanban, goKey: 'v', onPhone: true },
      { href: '/calls', label: 'Calls', icon: Phone, goKey: 'l' },
      { href: '/campaigns', label: 'Campaigns', icon: Send, goKey: 'c' },
      { href: '/tasks', label: 'Tasks', icon: ListTodo, goKey: 't' },
    ],
  },
  {
    label: 'Records',
    items: [
      { href: '/people', label: 'People', icon: Users, goKey: 'p' },
      { href: '/organizations', label: 'Organizations', icon: Building2, goKey: 'o' },
      { href: '/properties', label: 'Properties', icon: MapPinHouse, goKey: 'r' },
    ],
  },
  {
    label: 'Tools',
    items: [
      { href: '/imports', label: 'Imports', icon: Import, goKey: 'i' },
      { href: '/reports', label: 'Reports', icon: ChartColumn, goKey: 'e' },
    ],
  },
];

/** Stands alone at the foot of the sidebar. */
export const settingsItem: NavItem = { href: '/settings', label: 'Settings', icon: Settings, goKey: 's' };

/** Cookie that keeps the sidebar as it was left; read on the server so that the first paint is right. */
export const SIDEBAR_COOKIE = 'freehold-sidebar';
/** Value of {@link SIDEBAR_COOKIE} when the sidebar shows icons only. */
export const SIDEBAR_COLLAPSED = 'collapsed';

/**
 * Whether a destination is where one is: Home only at its own address, others at and below theirs.
 * @param href the destination
 * @param pathname the current path without its query
 */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
