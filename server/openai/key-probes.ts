import type { CallOptions, ProviderClient, ProviderText } from "./client";
import { parseExactJson } from "./exact-json";
import { type Fields, isFields } from "./rows";

/** What a read call found, and which organization the response named. */
export type Probe<T> = { found: T; organization: string | null };

export type Writes = "yes" | "no" | "unknown";

const daySeconds = 86_400;
const projectPages = 5;
const pageSize = 100;

/** Counts the projects that are not archived, up to 500. */
export async function countProjects(
  client: ProviderClient,
  options: CallOptions,
): Promise<Probe<{ projectCount: number; isExact: boolean }>> {
  let projectCount = 0;
  let after: string | undefined;
  let organization: string | null = null;
  for (let page = 0; page < projectPages; page++) {
    const query = { limit: pageSize, ...(after ? { after } : {}) };
    const probe = await client.readWith(
      (sdk, call) => sdk.admin.organization.projects.list(query, call),
      probed(readData),
      options,
    );
    organization = probe.organization;
    projectCount += probe.found.items.length;
    after = probe.found.lastId;
    if (!probe.found.hasMore) return { found: { projectCount, isExact: true }, organization };
    if (!after) break;
  }
  return { found: { projectCount, isExact: false }, organization };
}

/** One empty or full bucket of yesterday's usage: only the permission matters. */
export function probeUsage(client: ProviderClient, nowSeconds: number, options: CallOptions): Promise<Probe<null>> {
  const query = { start_time: dayStart(nowSeconds) - daySeconds, bucket_width: "1d" as const, limit: 1 };
  return client.readWith(
    (sdk, call) => sdk.admin.organization.usage.completions(query, call),
    probed(() => null),
    options,
  );
}

type NamedOrganization = { organizationId: string | null; organizationName: string | null };

/** The totals of the last week, in which the provider names the organization (undocumented, so it may not). */
export function probeCosts(
  client: ProviderClient,
  nowSeconds: number,
  options: CallOptions,
): Promise<Probe<NamedOrganization>> {
  const query = { start_time: dayStart(nowSeconds) - 6 * daySeconds, bucket_width: "1d" as const, limit: 7 };
  return client.readWith(
    (sdk, call) => sdk.admin.organization.usage.costs(query, call),
    probed((body) => {
      const rows = readData(body).items.flatMap((bucket) => (Array.isArray(bucket.results) ? bucket.results : []));
      const named = rows.filter(isFields).find((row) => typeof row.organization_id === "string");
      return { organizationId: text(named?.organization_id), organizationName: text(named?.organization_name) };
    }),
    options,
  );
}

/** What the key's own entry says, if exactly one of the first hundred admin keys looks like it. */
export function probeWrites(client: ProviderClient, options: CallOptions): Promise<Probe<Writes>> {
  return client.readWith(
    (sdk, call) => sdk.admin.organization.adminAPIKeys.list({ limit: pageSize, order: "desc" }, call),
    probed((body) => {
      const own = readData(body).items.filter((key) => client.ownsRedacted(text(key.redacted_value) ?? ""));
      return own.length === 1 ? writesOf(own[0]?.scopes) : "unknown";
    }),
    options,
  );
}

/**
 * The provider documents scopes for project keys only (none = everything, "api.all.read" = read only); should it list
 * them for admin keys as well, they tell whether the key can change anything.
 */
function writesOf(scopes: unknown): Writes {
  if (!Array.isArray(scopes)) return "unknown";
  if (scopes.length === 0 || scopes.some((scope) => /(^api\.all|\.write)$/.test(String(scope)))) return "yes";
  return scopes.every((scope) => String(scope).endsWith(".read")) ? "no" : "unknown";
}

const probed =
  <T>(read: (body: unknown) => T) =>
  ({ text: body, organization }: ProviderText): Probe<T> => ({ found: read(parseExactJson(body)), organization });

function readData(body: unknown): { items: Fields[]; hasMore: boolean; lastId: string | undefined } {
  if (!isFields(body) || !Array.isArray(body.data)) throw new SyntaxError("not a list");
  const items = body.data.filter(isFields);
  return { items, hasMore: body.has_more === true, lastId: text(body.last_id) ?? text(items.at(-1)?.id) ?? undefined };
}

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
const dayStart = (seconds: number) => seconds - (seconds % daySeconds);
