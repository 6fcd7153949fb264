import OpenAI from "openai";
import { ProviderError } from "./errors";

export type IsolatedSdkOptions = {
  adminKey: string;
  baseUrl: string;
  timeoutMs: number;
  /** Sees the headers of every response, successful or not. */
  onResponse: (response: Response) => void;
};

const silent = () => undefined;

/**
 * The official SDK with nothing taken from this process's environment: one process serves many organizations, and
 * OPENAI_API_KEY, OPENAI_ADMIN_KEY, OPENAI_ORG_ID, OPENAI_PROJECT_ID, OPENAI_BASE_URL, OPENAI_WEBHOOK_SECRET,
 * OPENAI_LOG or OPENAI_CUSTOM_HEADERS of its operator must not reach any of them.
 */
export function createIsolatedSdk({ adminKey, baseUrl, timeoutMs, onResponse }: IsolatedSdkOptions): OpenAI {
  return new OpenAI({
    adminAPIKey: adminKey,
    apiKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: checkedBaseUrl(baseUrl),
    defaultHeaders: {},
    defaultQuery: {},
    // Debug logging would print requests. "off" also keeps the SDK from looking at OPENAI_LOG.
    logLevel: "off",
    logger: { error: silent, warn: silent, info: silent, debug: silent },
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: async (url, init) => {
      const response = await fetch(url, { ...init, headers: ownHeaders(adminKey, init), redirect: "manual" });
      onResponse(response);
      return response;
    },
  });
}

/**
 * Headers from scratch, instead of those that the SDK built: it mixes OPENAI_CUSTOM_HEADERS into them, which can even
 * replace the Authorization, and offers no way to turn that off.
 */
function ownHeaders(adminKey: string, init: RequestInit | undefined): Headers {
  const headers = new Headers({
    accept: "application/json",
    authorization: `Bearer ${adminKey}`,
    "user-agent": "Tollkeeper",
  });
  if (typeof init?.body === "string") headers.set("content-type", "application/json");
  return headers;
}

/** Without trailing slash. Plain http is allowed for servers on the operator's own network. */
function checkedBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isUsable) throw new ProviderError("bad_request", { code: "invalid_base_url" });
  return baseUrl.replace(/\/+$/, "");
}
