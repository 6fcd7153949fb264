import "server-only";
import { randomUUID } from "node:crypto";
import {
  type DataTag,
  dehydrate,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { makeQueryClient } from "@/components/lib/query-client";
import { membershipsOfRequest } from "@/server/auth/membership-lookup";
import { currentUser } from "@/server/auth/session";
import { clientOf } from "@/server/lib/client-info";
import { requireUser } from "@/server/trpc/require-user";
import { appRouter, createCaller } from "@/server/trpc/root";

const context = cache(async () => ({
  user: await currentUser(),
  requestId: randomUUID(),
  client: clientOf(await headers()),
  memberships: membershipsOfRequest(),
}));
const queryClient = cache(makeQueryClient);

/** Query options for `prefetch`: the procedures run in this process, as the signed-in person. */
export const trpc = createTRPCOptionsProxy({ ctx: context, router: appRouter, queryClient });

/**
 * Calls procedures directly, for what the server itself must know before it can answer. Signing in comes first: a layout
 * sends people there too, but its page is drawn at the same time.
 */
export const caller = createCaller(async () => {
  await requireUser();
  return context();
});

/** The same for pages that are open to everybody. */
export const openCaller = createCaller(context);

/**
 * Starts a query without waiting: the page streams, and HydrateClient hands the answer to the browser as it arrives.
 * For useSuspenseQuery; a component that only uses useQuery would be drawn empty here and full there. A failure is
 * neither thrown nor waited out here: the browser asks again and shows what went wrong.
 */
export function prefetch(options: { queryKey: QueryKey }) {
  void prefetched(options);
}

/** The same, for whoever waits: the answers are in the first HTML, for useQuery too. */
export const prefetched = (options: { queryKey: QueryKey }): Promise<void> =>
  queryClient().prefetchQuery({ ...(options as FetchQueryOptions), retry: false });

/** The same for an answer that came with others: the browser has it as if it had been asked for by itself. */
export function give<Key extends DataTag<QueryKey, unknown, unknown>>(
  queryKey: Key,
  data: Key extends DataTag<unknown, infer Data, unknown> ? Data : never,
): void {
  queryClient().setQueryData(queryKey, data);
}

/** The same for the first page of a list that goes on. */
export const prefetchedList = (options: { queryKey: QueryKey }): Promise<void> =>
  queryClient().prefetchInfiniteQuery({ ...(options as FetchInfiniteQueryOptions), retry: false });

/** For what decides whether there is a page at all: waits, throws, and hands the answer to the browser as well. */
export async function load<T, K extends QueryKey>(options: LoadOptions<T, K>): Promise<T> {
  await requireUser();
  return queryClient().fetchQuery({ ...(options as FetchQueryOptions<T, Error, T, K>), retry: false });
}

type LoadOptions<T, K extends QueryKey> = { queryKey: K; queryFn?: FetchQueryOptions<T, Error, T, K>["queryFn"] };

export const HydrateClient = ({ children }: { children: ReactNode }) => (
  <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>
);
