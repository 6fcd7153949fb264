/** Where a request comes from, as far as it is known: for throttles, sessions and the audit log. */
export type ClientInfo = { ip: string | null; userAgent: string | null };

/** Written by our own web server (scripts/lib/web-front.mjs) from the connection and what trusted proxies say. */
const CLIENT_ADDRESS_HEADER = "x-client-address";

/** Where that did not happen, the header is from who asks. */
const isAddressOurs = () => (globalThis as Record<symbol, unknown>)[Symbol.for("tollkeeper.client-address")] === true;

const MAX_USER_AGENT = 400;

export const clientOf = (headers: Headers): ClientInfo => ({
  ip: isAddressOurs() ? headers.get(CLIENT_ADDRESS_HEADER) : null,
  userAgent: headers.get("user-agent")?.slice(0, MAX_USER_AGENT) ?? null,
});

/** For work that no request caused. */
export const noClient: ClientInfo = { ip: null, userAgent: null };
