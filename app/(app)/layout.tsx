import type { ReactNode } from "react";
import { requireUser } from "@/server/trpc/require-user";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  await requireUser();
  return children;
}
