import { sandboxOrigin } from "./installation";
import { plain, sum } from "./money";

type Organization = "acme" | "beacon" | "empty";
type Range = { from: string; to: string };
type CostTruth = { currency: string; amount: string; group: Record<string, string | null> };

async function call<T>(method: string, path: string, { body, key }: { body?: object; key?: string } = {}): Promise<T> {
  const response = await fetch(`${sandboxOrigin}${path}`, {
    method,
    headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** What the organization was billed in [from, to), to the last digit, as the sandbox reckons it by itself. */
export async function trueCosts(organization: Organization, { from, to }: Range): Promise<string> {
  const { data } = await call<{ data: CostTruth[] }>(
    "GET",
    `/control/truth/costs?organization=${organization}&from=${from}&to=${to}`,
  );
  return plain(sum(data.filter(({ currency }) => currency.toLowerCase() === "usd").map(({ amount }) => amount)));
}

/** An Admin key of its own for a test, so that revoking it harms no other. */
export async function createAdminKey(organization: "acme" | "beacon"): Promise<string> {
  const key = organization === "acme" ? "sk-admin-sandbox-acme-readwrite" : "sk-admin-sandbox-beacon";
  const body = { name: `e2e ${crypto.randomUUID()}` };
  const { value } = await call<{ value: string }>("POST", "/v1/organization/admin_api_keys", { body, key });
  return value;
}

export const revokeKey = (key: string) => call("POST", "/control/keys/revoke", { body: { key } });

/** The provider corrects a past day by so many dollars. */
export const restate = (organization: "acme" | "beacon", correction: { day: string; delta: string }) =>
  call("POST", "/control/restate", { body: { organization, ...correction } });

type Faults = {
  match?: string;
  latencyMs?: number;
  rate429?: { everyN: number; retryAfterSeconds: number | null; code?: string };
  status5xx?: { everyN: number };
  resetConnection?: { everyN: number };
};

/** The provider misbehaves for as long as `during` runs. */
export async function withFaults(faults: Faults, during: () => Promise<void>): Promise<void> {
  await call("POST", "/control/faults", { body: faults });
  try {
    await during();
  } finally {
    await call("DELETE", "/control/faults");
  }
}
