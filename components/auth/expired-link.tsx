import Link from "next/link";
import { useTranslations } from "next-intl";
import { AuthCard } from "@/components/auth/auth-card";
import { Button } from "@/components/ui/button";

const next = {
  signIn: "/sign-in/link",
  reset: "/forgot-password",
  verify: "/sign-in",
} as const;

/** For a link that was used, is too old or never was, and the way to a new one. */
export function ExpiredLink({ kind }: { kind: keyof typeof next }) {
  const t = useTranslations("auth");
  return (
    <AuthCard title={t("expired.title")} lead={t("expired.lead")} other={{ label: t("toSignIn"), href: "/sign-in" }}>
      <Button asChild size="lg" className="w-full">
        <Link href={next[kind]}>{t(`expired.${kind}`)}</Link>
      </Button>
    </AuthCard>
  );
}
