import type { OrgScope } from "@/server/auth/scope";
import { compareDecimals, subtractDecimals, sumDecimals } from "@/server/lib/money";
import * as sql from "@/server/reconciliation/reconciliation.sql";
import { type Tie, type TieCut, type TiedOrganization, tieCuts, type Ties } from "@/server/reconciliation/schema";
import { coverageOf } from "@/server/usage/coverage";
import { costDimensions } from "@/server/usage/dimensions";
import { overviewStreams } from "@/server/usage/page-streams";
import type { DayRange } from "@/server/usage/schema";

const MAX_DAYS_APART = 100;

/** Whether every cut of the bill adds up to it, per OpenAI organization; what no cut attributes is told, not dropped. */
export async function tieOut(scope: OrgScope, range: DayRange, now = new Date()): Promise<Ties> {
  const streams = await sql.organizationStreams(scope);
  const sums = await sql.cutSums(scope, range);
  const days = await sql.listDays(scope, range);
  const { freshness } = await coverageOf(scope, { streams: overviewStreams, range, now });
  const organizations = streams.map(({ openaiOrgId, names, costs }) => {
    const isOwn = ({ streamId }: { streamId: number }) => costs.includes(streamId);
    return { openaiOrgId, names, ...tieCutsOf(sums.filter(isOwn)), ...daysApartOf(days.filter(isOwn)) };
  });
  return { range, organizations, freshness };
}

/** Pure: the sums of one organization's lists, tied to its total. */
export function tieCutsOf(sums: readonly sql.CutSum[]): Pick<TiedOrganization, "total" | "ties"> {
  const ofDimension = (dimension: number) => sums.filter((row) => row.dimension === dimension);
  const bill = ofDimension(costDimensions.total);
  if (bill.length === 0) return { total: null, ties: [] };
  const total = sumDecimals(bill.map(({ amount }) => amount));
  return { total, ties: tieCuts.map((by) => tie(by, { total, rows: ofDimension(costDimensions[by]) })) };
}

function tie(by: TieCut, { total, rows }: { total: string; rows: readonly sql.CutSum[] }): Tie {
  const sumOf = (some: readonly sql.CutSum[]) => sumDecimals(some.map(({ amount }) => amount));
  const named = rows.filter(({ isNobody }) => !isNobody);
  const nobody = sumOf(rows.filter(({ isNobody }) => isNobody));
  const attributed = sumOf(named);
  const members = named.reduce((most, row) => Math.max(most, row.members), 0);
  return { by, members, attributed, nobody, notListed: subtractDecimals(total, sumDecimals([attributed, nobody])) };
}

/** Pure: the days on which the list by person is not the bill. */
export function daysApartOf(days: readonly sql.ListDay[]): Pick<TiedOrganization, "daysApart" | "daysApartCount"> {
  const apart = [...Map.groupBy(days, ({ day }) => day)].flatMap(([day, rows]): TiedOrganization["daysApart"] => {
    const amounts = (isByPerson: boolean) => rows.flatMap((row) => (row.isByPerson === isByPerson ? [row.amount] : []));
    const [billed, listed] = [sumDecimals(amounts(false)), amounts(true)];
    if (listed.length === 0) return [{ day, billed, byPerson: null, missing: null }];
    const byPerson = sumDecimals(listed);
    const missing = subtractDecimals(billed, byPerson);
    return compareDecimals(missing, "0") === 0 ? [] : [{ day, billed, byPerson, missing }];
  });
  const newestFirst = apart.toSorted((a, b) => (a.day < b.day ? 1 : -1));
  return { daysApart: newestFirst.slice(0, MAX_DAYS_APART), daysApartCount: apart.length };
}
