import type OpenAI from "openai";
import type { APIPromise } from "openai";
import type { AbstractPage } from "openai/pagination";
import { classifyError } from "./classify-error";
import { isProviderError, ProviderError, type ProviderErrorKind } from "./errors";
import { createIsolatedSdk } from "./isolated-sdk";
import { type KeyKind, keyKind, matchesRedacted } from "./key-kind";
import { createLimiter, type Limiter } from "./pacing";
import { ReadAhead, ReadAheadBudget } from "./read-ahead";
import { defaultRetryPolicy, type RetryPolicy, withRetries } from "./retry";
import { type Deadline, eitherSignal, orCancelled, withDeadline } from "./waiting";

export type ProviderClientOptions = {
  adminKey: string;
  baseUrl: string;
  /** Shared by all clients of the connection; a private one when left out. */
  limiter?: Limiter;
  /** Limit of one attempt, from the first byte sent to the last byte read; of `readBody`, of every silence in it. */
  timeoutMs?: number;
  /** Cancels every call of this client. */
  signal?: AbortSignal;
  onCall?: (call: ProviderCall) => void;
  retry?: Partial<RetryPolicy>;
};

/** One attempt, for run counters and logs. Holds no secret. */
export type ProviderCall = {
  attempt: number;
  status: number | null;
  outcome: "ok" | ProviderErrorKind;
  durationMs: number;
  /** Characters of the body read, or bytes where it was read as such; 0 for a failure. */
  size: number;
  requestId: string | null;
};

export type CallOptions = { signal?: AbortSignal; retry?: Partial<RetryPolicy> };

/** Starts one call of the SDK. `options` must be handed on to the SDK's method, or the call cannot be cancelled. */
export type ProviderRequest<T> = (sdk: OpenAI, options: { signal: AbortSignal }) => APIPromise<T>;

/** The body of a list, as it comes over the wire. */
export type ListBody<Item> = { data: Item[]; has_more?: boolean; next?: string | null; last_id?: string | null };

/** The wire body of a call: the SDK's page objects are not built. */
export type Wire<T> = T extends AbstractPage<infer Item> ? ListBody<Item> : T;

export type ProviderText = { text: string; requestId: string | null; organization: string | null };

export type ProviderClient = {
  readonly baseUrl: string;
  readonly keyKind: KeyKind;
  /** Whether a redacted value in the provider's list of keys can be this client's own key. */
  ownsRedacted(redacted: string): boolean;
  /** A call without side effects: retried after transient failures and rate limits. Fails with ProviderError. */
  read<T>(request: ProviderRequest<T>, options?: CallOptions): Promise<Wire<T>>;
  /**
   * The same, with a parser of the body's text: for amounts, which JSON numbers would round. What it throws as
   * SyntaxError counts as a broken body and is retried.
   */
  readWith<R>(
    request: ProviderRequest<unknown>,
    parse: (received: ProviderText) => R,
    options?: CallOptions,
  ): Promise<R>;
  /**
   * The same, with a reader of the body's bytes while they arrive: for bodies that are too large to be held. It is
   * called anew for every attempt. A SyntaxError counts as a broken body; other errors of its own end the call as they are.
   * A reader that falls behind does not hold up the next call: the limiter counts calls until their last byte is here.
   */
  readBody<R>(
    request: ProviderRequest<unknown>,
    read: (chunks: AsyncIterable<Uint8Array>) => Promise<R>,
    options?: CallOptions,
  ): Promise<R>;
};

/**
 * A client for one organization, over the official SDK, with our own pacing, retries and errors.
 * The key stays in a closure: the client can be logged without showing it.
 */
export function createProviderClient(options: ProviderClientOptions): ProviderClient {
  const { adminKey, baseUrl, limiter = createLimiter(), timeoutMs = 60_000, onCall } = options;
  // Characters that cannot stand in a header would surface in fetch's own error text, key and all.
  const isSendable = /^[\x21-\x7e]+$/.test(adminKey);
  const onResponse = (response: Response) => limiter.observe(response.headers);
  const sdk = isSendable ? createIsolatedSdk({ adminKey, baseUrl, timeoutMs, onResponse }) : null;

  /** One try: sends, receives the whole body, and turns whatever goes wrong into a ProviderError. */
  async function receive<R>(request: ProviderRequest<unknown>, read: ReadBody<R>, parent?: AbortSignal) {
    if (!sdk) throw new ProviderError("auth", { code: "malformed_key" });
    return withDeadline(timeoutMs, parent, async (deadline) => {
      const classify = (error: unknown): never => {
        throw classifyError(error, { isCancelled: parent?.aborted ?? false, isExpired: deadline.isExpired() });
      };
      try {
        const response = await request(sdk, { signal: deadline.signal }).asResponse();
        const { status } = response;
        const { value, size } = await read(response, deadline);
        return { value: forsakable(value.catch(classify)), seen: { status, size, requestId: requestIdOf(response) } };
      } catch (error) {
        return classify(error);
      }
    });
  }

  async function call<R>(
    request: ProviderRequest<unknown>,
    read: ReadBody<R>,
    { signal: own, retry }: CallOptions = {},
  ): Promise<R> {
    const signal = eitherSignal(options.signal, own);
    const policy = { ...defaultRetryPolicy, ...options.retry, ...retry };
    const attempt = async (attemptNumber: number) => {
      let startedAt: number | undefined;
      const report = (outcome: ProviderCall["outcome"], seen: Pick<ProviderCall, "status" | "requestId" | "size">) => {
        if (startedAt === undefined) return;
        onCall?.({ ...seen, outcome, attempt: attemptNumber, durationMs: performance.now() - startedAt });
      };
      try {
        const { value, seen } = await limiter.run((turn) => {
          startedAt = performance.now();
          return receive(request, read, signal).catch((error: unknown) => {
            if (isProviderError(error, "rate_limit")) turn.rejected(error.retryAfterMs);
            throw error;
          });
        }, signal);
        const result = await orCancelled(value, signal);
        report("ok", seen);
        return result;
      } catch (error) {
        if (isProviderError(error)) report(error.kind, { status: error.status, requestId: error.requestId, size: 0 });
        throw error;
      }
    };
    return withRetries(attempt, policy, { signal });
  }

  return {
    baseUrl,
    keyKind: keyKind(adminKey),
    ownsRedacted: (redacted) => matchesRedacted(adminKey, redacted),
    read: <T>(request: ProviderRequest<T>, callOptions?: CallOptions) => call(request, asObject<Wire<T>>, callOptions),
    readWith: (request, parse, callOptions) => call(request, asText(parse), callOptions),
    readBody: (request, read, callOptions) => call(request, asChunks(read), callOptions),
  };
}

/** Resolves when the whole body is here; what is read from it may come later. */
type ReadBody<R> = (response: Response, deadline: Deadline) => Promise<{ value: Promise<R>; size: number }>;

/** Of all answers that are received faster than they are read: some pages of a large organization. */
const readAheadBudget = new ReadAheadBudget(32_000_000);

const requestIdOf = ({ headers }: Response) => headers.get("x-request-id");

const asText =
  <R>(parse: (received: ProviderText) => R): ReadBody<R> =>
  async (response) => {
    const text = await response.text();
    const organization = response.headers.get("openai-organization");
    const value = parse({ text, requestId: requestIdOf(response), organization });
    return { value: Promise.resolve(value), size: text.length };
  };

const asObject = <T>(response: Response, deadline: Deadline) =>
  asText(({ text }) => parseObject<T>(text))(response, deadline);

const asChunks =
  <R>(read: (chunks: AsyncIterable<Uint8Array>) => Promise<R>): ReadBody<R> =>
  async (response, deadline) => {
    const body = new ReadAhead(response.body, readAheadBudget, deadline.restart);
    const value = forsakable(read(body.chunks()).finally(() => body.close()));
    await body.received;
    return { value, size: body.size };
  };

/** A promise that may fail with nobody there: what a call that was cancelled still reads is awaited by none. */
function forsakable<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Throws SyntaxError for a body that was cut, and for one that is no object (a proxy's page, say). */
function parseObject<T>(text: string): T {
  const body: unknown = JSON.parse(text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new SyntaxError("not a JSON object");
  return body as T;
}
