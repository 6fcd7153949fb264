import Link from "next/link";
import { useTranslations } from "next-intl";
import { LogoMark } from "@/components/layout/logo";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  const t = useTranslations("errors");
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-3 px-6 text-center">
      <LogoMark className="size-8" />
      <h1 className="mt-2 text-lg font-semibold tracking-tight">{t("notFoundTitle")}</h1>
      <p className="max-w-sm text-pretty text-muted-foreground">{t("notFoundText")}</p>
      <Button asChild variant="outline" size="lg" className="mt-2">
        <Link href="/">{t("home")}</Link>
      </Button>
    </main>
  );
}
