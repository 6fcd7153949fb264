import { addDays } from "@/components/lib/date-range";
import type { TokenScope } from "@/server/tokens/schema";

type Example = { token: string; scopes: readonly TokenScope[]; origin: string; today: string };

/** What a token of each scope can be tried with, the simplest first. */
const calls: Record<TokenScope, (today: string) => string> = {
  "usage:read": (today) => `costs?from=${addDays(today, -7)}&to=${today}&group_by=project`,
  "connections:read": () => "connections",
  "members:read": () => "members",
  "audit:read": () => "audit-events?limit=10",
  "sync:run": () => "connections/CONNECTION_ID/sync",
};

/** Two lines for a shell that call the REST API with a token just made; `today` is a UTC day. */
export function curlExample({ token, scopes, origin, today }: Example): string {
  const order = Object.keys(calls) as TokenScope[];
  const scope = order.find((candidate) => scopes.includes(candidate)) ?? "usage:read";
  const method = scope === "sync:run" ? "-X POST " : "";
  const url = `${origin}/api/v1/${calls[scope](today)}`;
  return `TOKEN='${token}'\ncurl ${method}-H "Authorization: Bearer $TOKEN" '${url}'`;
}
