/**
 * One look for everything that opens over the page: menus, selects, popovers, the command list. They are gone at once when
 * something is chosen: the whole page is styled anew when they go, and that is better done before the answer comes.
 */
export const menuSurfaceClasses =
  "z-50 overflow-x-hidden overflow-y-auto rounded-lg border bg-popover p-1 text-popover-foreground shadow-overlay scrollbar-thin duration-100 data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98";

export const menuItemClasses =
  "relative flex min-h-7 w-full cursor-default items-center gap-2 rounded-md px-2 py-1 text-13 outline-none select-none data-[disabled]:pointer-events-none data-[disabled]:opacity-50 data-[highlighted]:bg-accent data-[highlighted]:text-accent-foreground [&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-muted-foreground";
