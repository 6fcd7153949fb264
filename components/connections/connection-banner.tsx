"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlertIcon, CirclePauseIcon, FlaskConicalIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useBrokenSentence } from "@/components/connections/broken-callout";
import { type Banner, bannersOf } from "@/components/connections/banner-of";
import { cn } from "@/components/lib/cn";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { dimensionPages } from "@/components/usage/member-path";

const looks = {
  broken: { Icon: CircleAlertIcon, className: "bg-destructive-soft [&>svg]:text-destructive-text" },
  paused: { Icon: CirclePauseIcon, className: "bg-warning-soft [&>svg]:text-warning-text" },
  sample: { Icon: FlaskConicalIcon, className: "bg-info-soft [&>svg]:text-info-text" },
  mixed: { Icon: FlaskConicalIcon, className: "bg-info-soft [&>svg]:text-info-text" },
} as const;

/** Pages of connections say it with the means to act, pages of figures with what it means for them. */
const pagesThatSayIt = new Set(["connections", "overview", ...Object.values(dimensionPages)]);

/** Lines above every page about what matters most: a broken or a paused connection, sample data. */
export function ConnectionBanner() {
  const org = useOrg().slug;
  const path = usePathname();
  const trpc = useTRPC();
  const connections = useQuery(trpc.connections.list.queryOptions({ org }));
  const kept = useQuery(trpc.connections.kept.queryOptions({ org }));
  const isSaidBelow = ({ kind }: Banner) =>
    (kind === "broken" || kind === "paused") && pagesThatSayIt.has(path.split("/")[2] ?? "");
  return bannersOf(connections.data ?? [], kept.data ?? [])
    .filter((banner) => !isSaidBelow(banner))
    .map((banner) => <BannerLine key={banner.kind} banner={banner} />);
}

function BannerLine({ banner }: { banner: Banner }) {
  const t = useTranslations("connections.banner");
  const { slug } = useOrg();
  const path = usePathname();
  const canWrite = useCan("connections:write");
  const brokenSentence = useBrokenSentence();
  const { Icon, className } = looks[banner.kind];
  const link = linkOf(banner, { slug, canWrite });
  return (
    <div
      role="status"
      className={cn("flex flex-wrap items-center gap-x-2.5 gap-y-1 px-4 py-2 text-13 md:px-8", className)}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-60 text-pretty max-sm:basis-[calc(100%-2rem)]">
        {t(banner.kind, { name: banner.connection.name })}
        {banner.kind === "broken" && ` ${brokenSentence(banner.connection.statusReason)}`}
      </p>
      {link && link.href !== path && (
        <Link
          href={link.href}
          className="shrink-0 rounded-sm font-medium max-sm:ml-6.5 underline-offset-4 hover:underline"
        >
          {t(link.label)}
        </Link>
      )}
    </div>
  );
}

function linkOf({ kind, connection }: Banner, { slug, canWrite }: { slug: string; canWrite: boolean }) {
  if (kind === "sample") return canWrite ? ({ href: `/${slug}/connections/new`, label: "connectReal" } as const) : null;
  if (kind === "mixed") return { href: `/${slug}/connections`, label: "manage" } as const;
  return { href: `/${slug}/connections/${connection.id}`, label: "see" } as const;
}
