import { getCsrfToken } from "next-auth/react";

/**
 * Begins to sign in at an identity provider: the browser goes there and comes back to `callbackPath`.
 * @throws when the server does not answer
 */
export async function startProvider(providerId: string, callbackPath: string): Promise<void> {
  const csrfToken = await getCsrfToken();
  // next-auth's own signIn knows only the providers that it lists, and those of organizations are not listed.
  const answer = await fetch(`/api/auth/signin/${encodeURIComponent(providerId)}`, {
    method: "POST",
    headers: { "x-auth-return-redirect": "1" },
    body: new URLSearchParams({ csrfToken, callbackUrl: callbackPath }),
  });
  const { url } = (await answer.json()) as { url: string };
  window.location.assign(url);
}
