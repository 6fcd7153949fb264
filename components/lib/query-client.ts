import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

type Failure = { data?: { code?: string; httpStatus?: number } | null };

/** Asking again cannot help when the server understood and refused. */
const isRefusal = (error: unknown) => {
  const status = (error as Failure).data?.httpStatus;
  return status !== undefined && status < 500;
};

/** A session that ended while the page stayed open: on to sign-in, and back here afterwards. */
function leaveWhenSignedOut(error: unknown) {
  if (typeof window === "undefined" || (error as Failure).data?.code !== "UNAUTHORIZED") return;
  const here = window.location.pathname + window.location.search;
  // eslint-disable-next-line @next/next/no-location-assign-relative-destination -- a full load forgets what was cached
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(here)}`);
}

export const makeQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (failures, error) => failures < 2 && !isRefusal(error) },
      dehydrate: {
        serializeData: superjson.serialize,
        // Pending ones too: their answers stream to the browser.
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false,
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
