import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { LinkIdentity } from "@/components/account/link-identity";
import { safeCallbackPath } from "@/components/lib/callback-path";
import { Button } from "@/components/ui/button";
import { caller } from "@/server/trpc/rsc";
import { loadLink } from "../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.identities");
  return { title: t("linkTitle"), referrer: "no-referrer" };
}

/** Where somebody who is signed in comes back to from an identity provider that does not open the account yet. */
export default async function LinkPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { token, callbackUrl } = await loadLink(searchParams);
  const offer = token ? await caller.account.identities.offer({ token }).catch(() => null) : null;
  const t = await getTranslations("account.identities");
  return (
    <div className="max-w-md">
      <h1 className="text-xl font-semibold tracking-tight">{t(offer ? "linkTitle" : "expiredTitle")}</h1>
      {token && offer ? (
        <LinkIdentity
          account={await caller.account.get()}
          token={token}
          offer={offer}
          callbackPath={safeCallbackPath(callbackUrl)}
        />
      ) : (
        <>
          <p className="mt-1 text-pretty text-muted-foreground">{t("expiredText")}</p>
          <Button asChild size="lg" className="mt-6">
            <Link href="/account/security">{t("toSecurity")}</Link>
          </Button>
        </>
      )}
    </div>
  );
}
