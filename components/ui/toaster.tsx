"use client";

import { CircleAlertIcon, CircleCheckIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";
import { Spinner } from "@/components/ui/spinner";

export { toast } from "sonner";

/** Mounted once, by the root layout. */
export function Toaster() {
  const t = useTranslations("ui");
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      style={{ fontFamily: "inherit" }}
      containerAriaLabel={t("notifications")}
      icons={{
        success: <CircleCheckIcon className="size-4 text-success" />,
        info: <InfoIcon className="size-4 text-info-text" />,
        warning: <TriangleAlertIcon className="size-4 text-warning" />,
        error: <CircleAlertIcon className="size-4 text-destructive-text" />,
        loading: <Spinner className="size-4" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border bg-popover px-3.5 py-3 text-13 text-popover-foreground shadow-overlay sm:w-90",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "mt-0.5 text-muted-foreground",
          actionButton:
            "h-6 shrink-0 rounded-sm px-2 text-xs font-medium text-primary-text hover:bg-accent transition-colors",
          cancelButton: "h-6 shrink-0 rounded-sm px-2 text-xs text-muted-foreground hover:bg-accent",
        },
      }}
    />
  );
}
