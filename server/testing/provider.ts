import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { startSandbox } from "@/sandbox/server";

export type Provider = Awaited<ReturnType<typeof startProvider>>;

/** A sandbox with its clock at `now`, and what it says the totals must come to. */
export async function startProvider(now: string) {
  const sandbox = await startSandbox({ now, historyDays: 60 });

  async function request(method: string, path: string, body?: object, headers?: Record<string, string>) {
    const response = await fetch(`${sandbox.origin}${path}`, {
      method,
      headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  // The sandbox's clock stands still; ours moves on by the millisecond, as clocks do.
  let ticks = 0;

  const stats = () => request("GET", "/control/stats");

  return {
    url: sandbox.url,
    now: () => new Date(sandbox.control.clock.now() * 1000 + ticks++),
    close: sandbox.close,
    reset: () => request("POST", "/control/reset"),
    control: (path: string, body: object) => request("POST", `/control/${path}`, body),
    clearFaults: () => request("DELETE", "/control/faults"),
    totalCalls: async (): Promise<number> => (await stats()).total,
    callsTo: async (path: string): Promise<number> => (await stats()).calls[`GET ${path}`] ?? 0,
    admin: (method: string, path: string, key: string) =>
      request(method, `/v1${path}`, undefined, { authorization: `Bearer ${key}` }),

    /** US dollars from a day on by the values of a dimension; '' for null, zeros left out. */
    async costs(from: string, groupBy: string): Promise<Record<string, string>> {
      const { data } = await request("GET", `/control/truth/costs?from=${from}T00:00:00Z&group_by=${groupBy}`);
      const totals: Record<string, string> = {};
      for (const { group, currency, amount } of data) {
        if (currency !== "usd") continue;
        const key = group[groupBy] ?? "";
        totals[key] = sumDecimals([totals[key] ?? "0", amount]);
      }
      return Object.fromEntries(
        Object.entries(totals).flatMap(([key, amount]) =>
          plainDecimal(amount) === "0" ? [] : [[key, plainDecimal(amount)]],
        ),
      );
    },

    /** The sum of the amounts as their digits stand in the answer's text, and the most decimals of any of them. */
    async costsAsSent(from: string, key: string): Promise<{ total: string; digits: number }> {
      const query = `start_time=${Date.parse(from) / 1000}&limit=180&group_by=project_id&group_by=line_item&group_by=api_key_id`;
      const response = await fetch(`${sandbox.url}/organization/costs?${query}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      const amounts = [...(await response.text()).matchAll(/"value":\s*(-?[0-9.]+)/g)].map((match) => match[1] ?? "");
      return {
        total: sumDecimals(amounts),
        digits: Math.max(...amounts.map((amount) => amount.split(".")[1]?.length ?? 0)),
      };
    },

    async completions(from: string, measure: string): Promise<number> {
      const { data } = await request("GET", `/control/truth/usage?endpoint=completions&from=${from}T00:00:00Z`);
      return data.reduce(
        (sum: number, row: { measures: Record<string, number> }) => sum + (row.measures[measure] ?? 0),
        0,
      );
    },
  };
}
