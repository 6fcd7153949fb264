/** Where a request comes from, as far as it is known: for throttles, sessions and the audit log. */
export type ClientInfo = { ip: string | null; userAgent: string | null };

/** Set by our own web server from the connection (and the trusted proxies' headers), never by who asks. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

const MAX_USER_AGENT = 400;

export const clientOf = (headers: Headers): ClientInfo => ({
  ip: headers.get(CLIENT_ADDRESS_HEADER),
  userAgent: headers.get("user-agent")?.slice(0, MAX_USER_AGENT) ?? null,
});

/** For work that no request caused. */
export const noClient: ClientInfo = { ip: null, userAgent: null };
