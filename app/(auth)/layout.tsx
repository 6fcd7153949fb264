import type { ReactNode } from "react";
import { PublicHeader } from "@/components/brand/public-header";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <PublicHeader />
      <main className="flex flex-1 items-start justify-center px-4 pt-10 pb-20 sm:pt-[12vh]">
        <div className="w-full max-w-sm">{children}</div>
      </main>
    </div>
  );
}
