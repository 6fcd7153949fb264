import type { APIRequestContext, APIResponse } from "@playwright/test";

/** The product's API as a browser of this session would call it; `data` is the answer, `reason` why there is none. */
export type ApiAnswer = { status: number; data: unknown; reason: string | null };

type Wire = { result?: { data: { json: unknown } }; error?: { json: { data: { reason: string } } } };

async function answerOf(response: APIResponse): Promise<ApiAnswer> {
  const body = (await response.json()) as Wire;
  return {
    status: response.status(),
    data: body.result?.data.json ?? null,
    reason: body.error?.json.data.reason ?? null,
  };
}

export async function query(request: APIRequestContext, procedure: string, input: object = {}): Promise<ApiAnswer> {
  const text = encodeURIComponent(JSON.stringify({ json: input }));
  return answerOf(await request.get(`/api/trpc/${procedure}?input=${text}`));
}

export async function mutate(request: APIRequestContext, procedure: string, input: object): Promise<ApiAnswer> {
  return answerOf(await request.post(`/api/trpc/${procedure}`, { data: { json: input } }));
}

/** For preparing a test: anything but success ends it. */
export async function prepare<T>(request: APIRequestContext, procedure: string, input: object): Promise<T> {
  const { status, data, reason } = await mutate(request, procedure, input);
  if (status !== 200) throw new Error(`${procedure}: ${status} ${reason}`);
  return data as T;
}
