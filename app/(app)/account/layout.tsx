import type { ReactNode } from "react";
import { AccountFrame } from "@/components/account/account-frame";
import { requireUser } from "@/server/trpc/require-user";
import { caller } from "@/server/trpc/rsc";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { name, email } = await requireUser();
  const { isOperator } = await caller.account.get();
  return (
    <AccountFrame user={{ name, email }} isOperator={isOperator}>
      {children}
    </AccountFrame>
  );
}
