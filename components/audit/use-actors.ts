"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import type { ActorType } from "@/server/audit/constants";

export type ActorOption = { value: string; label: string; type: ActorType };

/** Who can be chosen: the members, the tokens as far as one may see them, and what acts by itself. */
export function useActors(isWanted: boolean): ActorOption[] {
  const t = useTranslations("audit.filter");
  const trpc = useTRPC();
  const org = useOrg().slug;
  const seesTokens = useCan("tokens:read");
  const members = useQuery(trpc.members.list.queryOptions({ org }, { enabled: isWanted }));
  const tokens = useQuery(trpc.tokens.list.queryOptions({ org }, { enabled: isWanted && seesTokens }));
  return [
    ...(members.data ?? []).map(({ userId, email }) => ({
      value: `user:${userId}`,
      label: email,
      type: "user" as const,
    })),
    ...(tokens.data ?? []).map(({ id, name, last4 }) => ({
      value: `token:${id}`,
      label: `${name} ····${last4}`,
      type: "token" as const,
    })),
    ...(["operator", "job", "anonymous"] as const).map((type) => ({ value: type, label: t(`kind.${type}`), type })),
  ];
}
