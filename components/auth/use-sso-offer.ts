"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { Email } from "@/server/auth/schema";

/** The single sign-on of an address' domain; null for none, or while nothing is known. Only the domain is asked about. */
export function useSsoOffer(email: string) {
  const address = Email.safeParse(email).data;
  const domain = address?.slice(address.lastIndexOf("@") + 1) ?? "";
  const { data } = useQuery(
    useTRPC().auth.findSso.queryOptions(
      { hint: `@${domain}` },
      { enabled: domain !== "", retry: false, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return data && domain ? { ...data, domain } : null;
}
