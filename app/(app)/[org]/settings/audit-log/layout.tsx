import type { ReactNode } from "react";
import { requirePermission } from "@/server/trpc/org";

type LayoutProps = { params: Promise<{ org: string }>; children: ReactNode };

export default async function AuditLogLayout({ params, children }: LayoutProps) {
  await requirePermission((await params).org, "audit:read");
  return children;
}
