"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { FormError } from "@/components/forms/form-error";
import { SubmitButton } from "@/components/forms/submit-button";
import { withCallback } from "@/components/lib/callback-path";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useFormat } from "@/components/lib/use-format";
import { useSignOut } from "@/components/lib/use-sign-out";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import type { InvitationView } from "@/server/members/schema";

type InvitationPanelProps = {
  token: string;
  view: InvitationView;
  /** Who looks: the address of the session, if there is one. */
  viewer: string | null;
};

type OpenInvitation = Extract<InvitationView, { state: "open" }>;

/** What the holder of an invitation's link can do with it: one screen for each state. */
export function InvitationPanel({ token, view, viewer }: InvitationPanelProps) {
  const t = useTranslations("invitation");
  switch (view.state) {
    case "open":
      return <Open token={token} invitation={view} viewer={viewer} />;
    case "used":
      return (
        <Screen title={t("usedTitle")} text={t("usedText", { org: view.org.name })}>
          <Button asChild size="lg">
            <Link href={`/${view.org.slug}/overview`}>{t("openOrg", { org: view.org.name })}</Link>
          </Button>
        </Screen>
      );
    case "expired":
      return (
        <Screen title={t("expiredTitle")} text={t("expiredText", { org: view.org.name })}>
          <HomeButton />
        </Screen>
      );
    case "revoked":
      return (
        <Screen title={t("revokedTitle")} text={t("revokedText")}>
          <HomeButton />
        </Screen>
      );
    case "unknown":
      return (
        <Screen title={t("unknownTitle")} text={t("unknownText")}>
          <HomeButton />
        </Screen>
      );
    default:
      return view satisfies never;
  }
}

type OpenProps = { token: string; invitation: OpenInvitation; viewer: string | null };

function Open({ token, invitation, viewer }: OpenProps) {
  const t = useTranslations("invitation");
  const { org, inviter, email } = invitation;
  const signOut = useSignOut();
  const here = `/invitations/${token}`;
  if (invitation.viewer === "other") {
    return (
      <Screen title={t("otherTitle")} text={t("otherText", { email, viewer: viewer ?? "" })}>
        <Button size="lg" onClick={() => signOut(here)}>
          {t("signOut")}
        </Button>
        <HomeButton />
      </Screen>
    );
  }
  const lead = inviter ? t("openLead", { inviter, org: org.name }) : t("openLeadNobody", { org: org.name });
  return (
    <Screen
      title={t("openTitle", { org: org.name })}
      text={lead}
      mark={<Avatar name={org.name} shape="square" className="size-10 bg-primary text-primary-foreground" />}
    >
      <Facts invitation={invitation} />
      {invitation.viewer === "invited" ? (
        <AcceptForm token={token} org={org} />
      ) : (
        <>
          <p className="text-13 text-pretty text-muted-foreground">{t("signInLead")}</p>
          <Button asChild size="lg">
            <Link href={withEmail(withCallback("/sign-in", here), email)}>{t("signIn")}</Link>
          </Button>
          <Button asChild size="lg" variant="outline">
            <Link href={withEmail(withCallback("/sign-up", here), email)}>{t("signUp")}</Link>
          </Button>
        </>
      )}
    </Screen>
  );
}

/** For the form to begin with. */
const withEmail = (path: string, email: string) => `${path}&email=${encodeURIComponent(email)}`;

function Facts({ invitation: { role, email, expiresAt } }: { invitation: OpenInvitation }) {
  const t = useTranslations("invitation");
  const roles = useTranslations("orgs.role");
  const texts = useTranslations("team.roleText");
  const format = useFormat();
  return (
    <dl className="grid gap-3 text-13">
      <Fact label={t("asRole")}>
        <span className="font-medium">{roles(role)}</span>
        <span className="block text-xs text-pretty text-muted-foreground">{texts(role)}</span>
      </Fact>
      <Fact label={t("forAddress")}>
        <span className="break-all">{email}</span>
      </Fact>
      <Fact label={t("until")}>
        <time dateTime={expiresAt}>{format.instant(expiresAt, "full")}</time>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6rem_1fr] gap-3">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function AcceptForm({ token, org }: { token: string; org: { name: string } }) {
  const t = useTranslations("invitation");
  const errorText = useErrorText();
  const accept = useMutation(
    useTRPC().members.accept.mutationOptions({
      // A full load: everything that was cached is of somebody who was not a member.
      // oxlint-disable-next-line tollkeeper/no-full-load -- see above
      onSuccess: ({ slug }) => window.location.assign(`/${slug}/overview`),
    }),
  );
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ token });
      }}
    >
      <FormError error={accept.error && errorText(accept.error)} />
      <SubmitButton size="lg" isPending={accept.isPending || accept.isSuccess} pendingLabel={t("accepting")}>
        {t("accept", { org: org.name })}
      </SubmitButton>
    </form>
  );
}

type ScreenProps = { title: string; text: string; mark?: ReactNode; children: ReactNode };

function Screen({ title, text, mark, children }: ScreenProps) {
  return (
    <div className="rounded-xl border bg-card p-5 shadow-raised sm:p-6">
      {mark && <div className="mb-4">{mark}</div>}
      <h1 className="text-xl font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
      <p className="mt-1 text-pretty wrap-anywhere text-muted-foreground">{text}</p>
      <div className="mt-6 grid gap-4">{children}</div>
    </div>
  );
}

function HomeButton() {
  const t = useTranslations("invitation");
  return (
    <Button asChild size="lg" variant="outline">
      <Link href="/">{t("goHome")}</Link>
    </Button>
  );
}
