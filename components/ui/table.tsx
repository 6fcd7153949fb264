import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/**
 * For small static tables; anything that sorts, searches or grows is a DataTable. One in which nothing takes the focus needs a
 * label: then it can be scrolled by keyboard.
 */
export function Table({ className, "aria-label": label, ...props }: ComponentProps<"table">) {
  return (
    <section
      aria-label={label}
      tabIndex={label ? 0 : undefined}
      className="w-full overflow-x-auto scrollbar-thin focus-visible:-outline-offset-2"
    >
      <table
        data-slot="table"
        aria-label={label}
        className={cn("w-full caption-bottom text-13", className)}
        {...props}
      />
    </section>
  );
}

export function TableHeader(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cn("[&_tr:last-child]:border-0", className)} {...props} />;
}

export function TableFooter({ className, ...props }: ComponentProps<"tfoot">) {
  return <tfoot className={cn("border-t font-medium", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("border-b transition-colors duration-100", className)} {...props} />;
}

export function TableHead({ className, numeric, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 px-3 text-left align-middle text-xs font-medium whitespace-nowrap text-muted-foreground first:pl-4 last:pr-4",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function TableCell({ className, numeric, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cn(
        "h-10 px-3 py-1.5 align-middle first:pl-4 last:pr-4",
        numeric && "text-right tabular whitespace-nowrap",
        className,
      )}
      {...props}
    />
  );
}
