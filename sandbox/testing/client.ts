import type { RunningSandbox } from "../server";

export const keys = {
  readWrite: "sk-admin-sandbox-acme-readwrite",
  readOnly: "sk-admin-sandbox-acme-readonly",
  usage: "sk-admin-sandbox-acme-usage",
  directory: "sk-admin-sandbox-acme-directory",
  project: "sk-proj-sandbox-acme",
  beacon: "sk-admin-sandbox-beacon",
  empty: "sk-admin-sandbox-empty",
} as const;

/** The clock that the sandbox's own tests use: a Friday afternoon, so that the day and the hour are partial. */
export const testNow = "2026-11-20T15:30:00Z";

/** Unix seconds of an ISO time. */
export const at = (iso: string): number => Date.parse(iso) / 1000;

interface Answer<Data> {
  status: number;
  headers: Headers;
  data: Data;
}

/** Calls the admin API; without a method it reads, or posts when there is a body. */
export async function call<Data = Record<string, unknown>>(
  sandbox: RunningSandbox,
  path: string,
  options: { key?: string; method?: string; body?: object } = {},
): Promise<Answer<Data>> {
  const { key = keys.readWrite, body, method = body ? "POST" : "GET" } = options;
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, headers: response.headers, data: (await response.json()) as Data };
}

/** Calls the control API and insists on success. */
export async function control<Data = Record<string, unknown>>(
  sandbox: RunningSandbox,
  path: string,
  body?: object,
): Promise<Data> {
  const response = await fetch(
    `${sandbox.origin}/control/${path}`,
    body ? { method: "POST", body: JSON.stringify(body) } : {},
  );
  const data = (await response.json()) as Data;
  if (!response.ok) throw new Error(`control ${path}: ${JSON.stringify(data)}`);
  return data;
}

export interface Bucket<Result> {
  object: string;
  start_time: number;
  end_time: number;
  results: Result[];
}

export interface BucketPage<Result> {
  object: string;
  data: Bucket<Result>[];
  has_more: boolean;
  next_page: string | null;
}

/** Follows next_page to the end and returns all buckets. */
export async function allBuckets<Result>(sandbox: RunningSandbox, path: string): Promise<Bucket<Result>[]> {
  const buckets: Bucket<Result>[] = [];
  let page: string | null = null;
  do {
    const cursor: string = page === null ? "" : `&page=${encodeURIComponent(page)}`;
    const answer: Answer<BucketPage<Result>> = await call(sandbox, `${path}${cursor}`);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.data)}`);
    buckets.push(...answer.data.data);
    page = answer.data.next_page;
  } while (page !== null);
  return buckets;
}

export interface CostResult {
  object: string;
  amount: { value: string | number; currency: string };
  project_id: string | null;
  line_item: string | null;
  api_key_id: string | null;
  user_id: string | null;
  quantity: number | null;
  quantity_unit: string | null;
  organization_name: string;
}

export type UsageResult = Record<string, string | number | boolean | null> & { object: string };
