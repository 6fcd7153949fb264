import NextAuth, { type NextAuthConfig } from "next-auth";
import type { NextRequest } from "next/server";
import { countTry, giveBackTry } from "@/server/auth/credential-limits";
import { browserOf, callbackPathOf, localeOf } from "@/server/auth/identities/browser";
import type { FindProvider, IdentityProvider } from "@/server/auth/identities/provider";
import { refusalOf } from "@/server/auth/identities/refusal";
import { type IdentityStep, signInByIdentity, type Visit } from "@/server/auth/identities/sign-in-by-identity";
import { authConfig, sessionIdOf, signedInUser } from "@/server/auth/next-auth";
import { findSessionUser } from "@/server/auth/sessions";
import { appUrl } from "@/server/lib/app-url";
import { clientOf } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { logger } from "@/server/lib/logger";

/** A request of next-auth's that begins at an identity provider, or comes back from there. */
export type IdentityRequest = { step: "signin" | "callback"; providerId: string };

/** Null for what next-auth does without an identity provider. */
export function identityRequestOf(request: NextRequest): IdentityRequest | null {
  const [, step, providerId] = /^\/api\/auth\/(signin|callback)\/([\w-]{1,80})$/.exec(request.nextUrl.pathname) ?? [];
  if (!providerId || providerId === "credentials") return null;
  return { step: step === "signin" ? "signin" : "callback", providerId };
}

/** What did not work leads to a page that says why. */
export async function handleIdentityRequest(
  request: NextRequest,
  asked: IdentityRequest,
  findProvider: FindProvider,
): Promise<Response> {
  const failures: unknown[] = [];
  const answer = await attempt(request, asked, { findProvider, failures }).catch((error: unknown) => {
    failures.push(error instanceof AppError ? error : new AppError("internal", "internal", { cause: error }));
    return null;
  });
  if (answer && failures.length === 0) return answer;
  return refuse(request, asked, failures[0]);
}

type Surroundings = {
  findProvider: FindProvider;
  /** Where next-auth, which answers them by itself, reports what went wrong. */
  failures: unknown[];
};

async function attempt(
  request: NextRequest,
  { step, providerId }: IdentityRequest,
  { findProvider, failures }: Surroundings,
): Promise<Response> {
  const from = { email: null, client: clientOf(request.headers) };
  const counted = await countTry({ path: step === "signin" ? "provider_start" : "provider_answer", ...from });
  const provider = await findProvider(providerId);
  if (!provider) throw new AppError("not_found", "provider_unknown", { message: "No such way to sign in." });
  const { handlers } = NextAuth({
    ...configWith(provider, request),
    logger: { error: (error) => failures.push(error), warn: () => {}, debug: () => {} },
  });
  const answer = await (request.method === "POST" ? handlers.POST(request) : handlers.GET(request));
  // Who was let in was no guess, nor was how that began: offices come in together, from one address.
  if (step === "callback" && failures.length === 0) {
    await counted.giveBack();
    await giveBackTry({ path: "provider_start", ...from });
  }
  return answer;
}

function configWith(provider: IdentityProvider, request: NextRequest): NextAuthConfig {
  const config = authConfig(request);
  return {
    ...config,
    providers: [provider.config],
    callbacks: {
      ...config.callbacks,
      signIn: async ({ user, account }) => {
        const { email = null, name = null } = user;
        const identity = { subject: account?.providerAccountId ?? "", email, name };
        const step = await signInByIdentity(provider, identity, await visitOf(request));
        if (step.kind !== "signed_in") return nextPage(step, callbackPathOf(request.headers));
        // next-auth hands this very object on to where the session starts.
        Object.assign(user, signedInUser(step));
        return true;
      },
    },
  };
}

async function visitOf({ headers }: NextRequest): Promise<Visit> {
  const browser = browserOf(headers);
  if (!browser) throw new AppError("invalid", "provider_state", { message: "This sign-in began in another browser." });
  const sessionId = await sessionIdOf(headers);
  const viewer = sessionId ? await findSessionUser(sessionId) : null;
  const isLinking = viewer !== null && callbackPathOf(headers).startsWith("/account/");
  return { client: clientOf(headers), browser, locale: localeOf(headers), viewer, isLinking };
}

/** Where a sign-in goes on that has not come to its end. */
function nextPage(step: Exclude<IdentityStep, { kind: "signed_in" }>, callbackUrl: string): string {
  const page = (path: string, parameters: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...parameters, callbackUrl }).toString()}`;
  if (step.kind === "second_factor") return page("/sign-in/code", { pending: step.pendingToken });
  if (step.isSignedIn) return page("/account/link", { token: step.token });
  return page("/sign-in", { link: step.token, ...(step.email ? { email: step.email } : {}) });
}

function refuse(request: NextRequest, { providerId }: IdentityRequest, error: unknown): Response {
  const { reason, waitSeconds, trail } = refusalOf(error, request.nextUrl.searchParams.get("error"));
  logger()[reason === "internal" ? "error" : "info"]({ provider: providerId, reason, trail }, "sign-in refused");
  const url = appUrl("/sign-in/refused", {
    reason,
    ...(waitSeconds === null ? {} : { wait: String(waitSeconds) }),
    callbackUrl: callbackPathOf(request.headers),
  });
  const headers = new Headers(waitSeconds === null ? {} : { "retry-after": String(waitSeconds) });
  // As next-auth answers scripts, which lead on to the address by themselves.
  if (request.headers.has("x-auth-return-redirect"))
    return Response.json({ url }, { status: waitSeconds === null ? 200 : 429, headers });
  headers.set("location", url);
  return new Response(null, { status: 302, headers });
}
