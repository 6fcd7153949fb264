import { NextRequest } from "next/server";
import { handleAuthRequest } from "@/server/auth/handle-auth-request";
import type { FindProvider } from "@/server/auth/identities/provider";

export const ORIGIN = "https://tollkeeper.example";

/** A browser, as far as signing in needs one: keeps the cookies of the product and sends them back. */
export class Browser {
  readonly cookies = new Map<string, string>();
  setCookies: string[] = [];
  readonly #findProvider: FindProvider;
  readonly #address: string;

  constructor(findProvider: FindProvider = () => Promise.resolve(null), address = "203.0.113.9") {
    this.#findProvider = findProvider;
    this.#address = address;
  }

  async send(path: string, form?: Record<string, string>) {
    const headers = new Headers({
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      "x-client-address": this.#address,
      "user-agent": "Test/1.0",
      "x-auth-return-redirect": "1",
      ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    });
    const request = new NextRequest(`${ORIGIN}/api/auth${path}`, {
      method: form ? "POST" : "GET",
      headers,
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    });
    const response = await handleAuthRequest(request, this.#findProvider);
    this.setCookies = response.headers.getSetCookie();
    for (const cookie of this.setCookies) {
      const [pair = ""] = cookie.split(";");
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async csrfToken(): Promise<string> {
    return ((await (await this.send("/csrf")).json()) as { csrfToken: string }).csrfToken;
  }

  async signIn(proof: Record<string, string>) {
    const form = { csrfToken: await this.csrfToken(), callbackUrl: `${ORIGIN}/orgs`, ...proof };
    const response = await this.send("/callback/credentials", form);
    const { url } = (await response.json()) as { url: string };
    return {
      status: response.status,
      code: new URL(url).searchParams.get("code"),
      retryAfter: response.headers.get("retry-after"),
      url,
    };
  }

  /** Begins to sign in at an identity provider. @returns where it is led */
  async begin(providerId: string, callbackUrl = "/orgs"): Promise<string> {
    const response = await this.send(`/signin/${providerId}`, { csrfToken: await this.csrfToken(), callbackUrl });
    return ((await response.json()) as { url: string }).url;
  }

  /** Comes back from an identity provider. @returns where it is led, within the product if nothing else is said */
  async comeBack(url: string): Promise<URL> {
    const { pathname, search } = new URL(url);
    const response = await this.send(pathname.replace("/api/auth", "") + search);
    return new URL(((await response.json()) as { url: string }).url);
  }

  async sessionId(): Promise<string> {
    const session = (await (await this.send("/session")).json()) as { sessionId?: string } | null;
    return session?.sessionId ?? "";
  }
}
