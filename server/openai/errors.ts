/** Every way in which a call to the provider can fail. Callers decide on `kind`, never on text. */
export const providerErrorKinds = [
  "auth", // the key is wrong, revoked or expired
  "permission", // the key is good, but may not do this
  "rate_limit", // too many calls: wait and try again
  "quota", // a spend or credit limit of the organization: waiting does not help
  "bad_request", // refused as asked: unknown id, invalid combination, conflict
  "transient", // server or network trouble, or a body that arrived broken
  "cancelled", // our own caller gave up
] as const;

export type ProviderErrorKind = (typeof providerErrorKinds)[number];

export type ProviderErrorFields = {
  /** HTTP status; null when no response arrived. */
  status?: number | null;
  /** The provider's `error.code`, or one of ours: network, timeout, invalid_body, cursor_loop, malformed_key. */
  code?: string | null;
  /** The request field the provider objects to. */
  param?: string | null;
  requestId?: string | null;
  /** How long the provider asks us to wait. */
  retryAfterMs?: number | null;
  /** The provider's own sentence, with anything that looks like a key removed. For people, not for decisions. */
  providerMessage?: string | null;
};

/**
 * The only error that leaves this slice for a failed call. It carries neither the key nor request headers, and no
 * `cause`, so that it may be logged whole.
 */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind;
  readonly status: number | null;
  readonly code: string | null;
  readonly param: string | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
  readonly providerMessage: string | null;

  constructor(kind: ProviderErrorKind, fields: ProviderErrorFields = {}) {
    super(["provider call failed:", kind, fields.status, fields.code, fields.requestId].filter(Boolean).join(" "));
    this.name = "ProviderError";
    this.kind = kind;
    this.status = fields.status ?? null;
    this.code = fields.code ?? null;
    this.param = fields.param ?? null;
    this.requestId = fields.requestId ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.providerMessage = fields.providerMessage ?? null;
  }
}

/** Whether `error` is a provider error, of one of `kinds` when given. */
export function isProviderError(error: unknown, ...kinds: ProviderErrorKind[]): error is ProviderError {
  return error instanceof ProviderError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** A redirect, which is never followed: the key would go where nobody meant to send it. */
export const isRedirect = ({ status }: ProviderError) => status !== null && status >= 300 && status < 400;

/** What a server answers that does not have the provider's lists: the base URL leads elsewhere. */
export const isWrongAddress = (error: ProviderError) =>
  error.code === "invalid_base_url" || error.status === 404 || isRedirect(error);
