"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink, TRPCClientError } from "@trpc/client";
import type { TRPCLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { observable } from "@trpc/server/observable";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import { makeQueryClient } from "@/components/lib/query-client";
import type { AppRouter } from "@/server/trpc/root";
import { MAX_BATCH_SIZE } from "@/server/trpc/schema";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const url = "/api/trpc";

const browserLink = (): TRPCLink<AppRouter> =>
  splitLink({
    condition: (operation) => operation.type === "subscription",
    true: httpSubscriptionLink({ url, transformer: superjson }),
    false: httpBatchStreamLink({ url, transformer: superjson, maxURLLength: 4000, maxItems: MAX_BATCH_SIZE }),
  });

/** While a page is rendered on the server its queries come from prefetch; anything else waits for the browser. */
const serverLink: TRPCLink<AppRouter> = () => () =>
  observable((observer) => observer.error(new TRPCClientError("This query runs in the browser.")));

let browserQueryClient: QueryClient | undefined;

const getQueryClient = () =>
  typeof window === "undefined" ? makeQueryClient() : (browserQueryClient ??= makeQueryClient());

export function TrpcProvider({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({ links: [typeof window === "undefined" ? serverLink : browserLink()] }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
