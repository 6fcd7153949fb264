import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, fetch as fetchWith } from "undici";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { isPublicAddress } from "@/server/lib/public-address";

export type Limits = { maxRedirects: number; maxBodyBytes: number; timeoutMs: number };

/** What a request to an address that somebody typed may reach, and how addresses are found. */
export type Guard = Limits & {
  isAllowed: (address: string) => boolean;
  isHttpAllowed: boolean;
  lookup: (host: string, options: object, callback: LookupCallback) => void;
};
type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

const defaultLimits: Limits = { maxRedirects: 3, maxBodyBytes: 1024 * 1024, timeoutMs: 10_000 };

/**
 * `fetch` for addresses that somebody typed (identity providers, webhooks): https to public addresses alone, unless the
 * installation says ALLOW_PRIVATE_ADDRESSES. What a name resolves to is checked at the very connection, for each
 * redirect anew. The answer is read to its end, within a time and a size.
 * @throws AppError invalid for an address that is refused; provider when it does not answer, or not within the limits
 */
export function safeFetch(
  input: string | URL | Request,
  init?: RequestInit,
  limits: Partial<Limits> = {},
): Promise<Response> {
  return guardedFetch(new Request(input, init), { ...publicInternet(), ...limits });
}

function publicInternet(): Guard {
  const isPrivateAllowed = env().ALLOW_PRIVATE_ADDRESSES;
  return {
    ...defaultLimits,
    isAllowed: (address) => isPrivateAllowed || isPublicAddress(address),
    isHttpAllowed: isPrivateAllowed,
    lookup: (host, options, callback) => systemLookup(host, { ...options, all: true }, callback),
  };
}

/** As safeFetch, with a guard of one's own. */
export async function guardedFetch(request: Request, guard: Guard): Promise<Response> {
  const agent = new Agent({ connect: guardedConnector(guard) });
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(guard.timeoutMs)]);
  try {
    const { url, method, headers } = request;
    const body = request.body ? await request.arrayBuffer() : null;
    return await follow({ url: new URL(url), method, headers, body }, { guard, agent, signal, mode: request.redirect });
  } catch (error) {
    throw asAppError(error);
  } finally {
    // Not waited for: connections end by themselves.
    agent.destroy().catch(() => {});
  }
}

type Hop = { url: URL; method: string; headers: Headers; body: ArrayBuffer | null };
type Way = { guard: Guard; agent: Agent; signal: AbortSignal; mode: RequestRedirect };

async function follow(first: Hop, { guard, agent, signal, mode }: Way): Promise<Response> {
  let hop = first;
  for (let redirects = 0; redirects <= guard.maxRedirects; redirects++) {
    demandAllowedUrl(hop.url, guard);
    const { url, method, headers, body } = hop;
    const init = { method, headers: [...headers], body, redirect: "manual" as const };
    const answer = await fetchWith(url, { ...init, dispatcher: agent, signal });
    const target = answer.headers.get("location");
    if (mode === "manual" || target === null || !redirectStatuses.has(answer.status))
      return bounded(answer, guard.maxBodyBytes);
    await answer.body?.cancel();
    if (mode === "error") break;
    hop = redirected(hop, { status: answer.status, target });
  }
  throw new AppError("provider", "foreign_redirects", { message: "The address redirects where it should answer." });
}

/** Addresses written as numbers are looked up nowhere: the connector judges them. URL has made one form of all of theirs. */
function demandAllowedUrl(url: URL, { isHttpAllowed }: Guard) {
  const isSchemeAllowed = url.protocol === "https:" || (isHttpAllowed && url.protocol === "http:");
  if (!isSchemeAllowed || url.username || url.password) throw refused("scheme or credentials");
}

/** Connects to nothing that is not allowed, whether a name led there or the address itself was given. */
function guardedConnector({ isAllowed, lookup }: Guard): buildConnector.connector {
  const guardedLookup: LookupFunction = (host, options, callback) =>
    lookup(host, options, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? new Error("no address"), "", 0);
      // One bad address among good ones is how names are rebound.
      else if (!addresses.every(({ address }) => isAllowed(address))) callback(refused("address"), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  const connect = buildConnector({ lookup: guardedLookup });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) && !isAllowed(host)) callback(refused("address"), null);
    else connect(options, callback);
  };
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const bodyHeaders = ["content-type", "content-length", "content-encoding", "content-language"];
const credentialHeaders = ["authorization", "cookie", "proxy-authorization"];

/** As the Fetch standard has it ("HTTP-redirect fetch"). */
function redirected(hop: Hop, { status, target }: { status: number; target: string }): Hop {
  const url = new URL(target, hop.url);
  const headers = new Headers(hop.headers);
  if (url.origin !== hop.url.origin) for (const name of credentialHeaders) headers.delete(name);
  const losesBody =
    (status === 303 && !["GET", "HEAD"].includes(hop.method)) || (status < 303 && hop.method === "POST");
  if (!losesBody) return { ...hop, url, headers };
  for (const name of bodyHeaders) headers.delete(name);
  return { url, headers, method: "GET", body: null };
}

/** The answer as the platform's own Response, its body read within the limit and unpacked already. */
async function bounded(answer: Awaited<ReturnType<typeof fetchWith>>, maxBodyBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes)
      throw new AppError("provider", "foreign_answer_too_large", {
        message: "The answer of that address is too large.",
      });
    chunks.push(chunk);
  }
  const headers = new Headers([...answer.headers]);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  const { status, statusText } = answer;
  return new Response(answer.body ? Buffer.concat(chunks) : null, { status, statusText, headers });
}

const refused = (what: string) =>
  new AppError("invalid", "address_refused", {
    message: "This address is not allowed: it must be https and lead to the public internet.",
    details: { refused: what },
  });

/** What went wrong inside a request is the cause of undici's own error, perhaps one of several attempts. */
function asAppError(error: unknown): AppError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AppError) return cause;
  return new AppError("provider", "foreign_unreachable", { message: "That address does not answer.", cause: error });
}
