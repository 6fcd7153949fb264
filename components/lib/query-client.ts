import { defaultShouldDehydrateQuery, MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";
import { withCallback } from "@/components/lib/callback-path";
import { isSigningOut } from "@/components/lib/signing-out";

type Failure = { data?: { httpStatus?: number; reason?: string } | null };

/** Asking again cannot help when the server understood and refused. */
const isRefusal = (error: unknown) => {
  const status = (error as Failure).data?.httpStatus;
  return status !== undefined && status < 500;
};

/** A session that ended, or no longer suffices, while the page stayed open: on to what is needed, and back here. */
function leaveWhenRefused(error: unknown) {
  if (typeof window === "undefined" || isSigningOut()) return;
  const reason = (error as Failure).data?.reason;
  const here = window.location.pathname + window.location.search;
  // A full load forgets what was cached.
  if (reason === "two_factor_required") window.location.assign(withCallback("/account/security/two-factor", here));
  else if (reason === "signed_out") window.location.assign(withCallback("/sign-in", here));
}

export const makeQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenRefused }),
    mutationCache: new MutationCache({ onError: leaveWhenRefused }),
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
