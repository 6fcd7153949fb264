import { BadgeCheckIcon, LockKeyholeIcon, RefreshCwIcon } from "lucide-react";
import Image from "next/image";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PublicHeader } from "@/components/brand/public-header";
import { Button } from "@/components/ui/button";

const points = [
  { title: "exactTitle", text: "exact", Icon: BadgeCheckIcon },
  { title: "currentTitle", text: "current", Icon: RefreshCwIcon },
  { title: "privateTitle", text: "private", Icon: LockKeyholeIcon },
] as const;

export function Landing() {
  const t = useTranslations("landing");
  return (
    <div className="flex min-h-dvh flex-col">
      <PublicHeader />
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col justify-center px-4 py-16 sm:px-6 sm:py-20">
        <h1 className="max-w-2xl text-3xl font-semibold tracking-tight text-balance sm:text-5xl sm:leading-[1.1]">
          {t("headline")}
        </h1>
        <p className="mt-5 max-w-xl text-base text-pretty text-muted-foreground sm:text-lg sm:leading-7">{t("lead")}</p>
        <div className="mt-8 flex flex-wrap items-center gap-3">
          <Button asChild size="lg">
            <Link href="/sign-up">{t("signUp")}</Link>
          </Button>
          <Button asChild size="lg" variant="outline">
            <Link href="/sign-in">{t("signIn")}</Link>
          </Button>
        </div>
        <p className="mt-4 text-13 text-muted-foreground">{t("sampleNote")}</p>
        <Picture />
        <ul className="mt-12 grid gap-8 sm:mt-16 sm:grid-cols-3">
          {points.map(({ title, text, Icon }) => (
            <li key={title}>
              <Icon aria-hidden="true" className="size-5 text-primary-text" />
              <h2 className="mt-3 font-medium">{t(`points.${title}`)}</h2>
              <p className="mt-1 text-13 text-pretty text-muted-foreground">{t(`points.${text}`)}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="mx-auto w-full max-w-5xl px-4 pb-8 text-xs text-muted-foreground sm:px-6">
        {t("footer")}
      </footer>
    </div>
  );
}

const pictures = [
  { src: "/docs/overview-light.png", className: "dark:hidden" },
  { src: "/docs/overview-dark.png", className: "hidden dark:block" },
];

/** The overview of the sample organization. What is not displayed is not loaded either. */
function Picture() {
  const t = useTranslations("landing");
  return (
    <div className="mt-12 overflow-hidden rounded-xl border shadow-overlay sm:mt-16">
      {pictures.map(({ src, className }) => (
        <Image
          key={src}
          src={src}
          alt={t("picture")}
          width={1440}
          height={1024}
          sizes="(min-width: 64rem) 61rem, 100vw"
          className={className}
        />
      ))}
    </div>
  );
}
