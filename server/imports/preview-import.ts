import type { OrgAccess } from "@/server/auth/scope";
import { type TenantConnection, withTenantConnection } from "@/server/db/tenant";
import { chooseOrganization, organizationNamed } from "@/server/imports/choose-organization";
import { decideCounting, type FileList } from "@/server/imports/counting";
import * as imports from "@/server/imports/imports.sql";
import * as sql from "@/server/imports/preview.sql";
import { committedLists, listsOfImport, syncedDays, UNKNOWN_ORGANIZATION } from "@/server/imports/recount.sql";
import type {
  ImportAmount,
  ImportBudget,
  ImportedFile,
  ImportOverlap,
  ImportPreview,
  PreviewInput,
} from "@/server/imports/schema";
import { notDraft } from "@/server/imports/stage-file";
import { notFound } from "@/server/lib/errors";
import { addDecimals, compareDecimals, largestFirst, sumDecimals } from "@/server/lib/money";
import { addUtcDays, type UtcDay } from "@/server/lib/time";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import { forLargeJoins } from "@/server/usage/window.sql";

/**
 * What committing an import would bring: what its files hold, each day once, and where something else has the same days.
 * @throws AppError not_found; conflict for one that is not a draft; RefusedFile for a choice that the files contradict
 */
export async function previewImport(
  access: OrgAccess,
  { importId, connectionId = null }: PreviewInput,
): Promise<ImportPreview> {
  const orgId = access.org.id;
  return withTenantConnection(
    orgId,
    async (client) => {
      // What was just stored has no statistics yet: joins are planned as if it were a few rows.
      await client.query(forLargeJoins);
      const files = await draftFiles(client, orgId, importId);
      const organization = await organizationOf(client, orgId, { files, connectionId: connectionId ?? null });
      const lists = await listsOfImport(client, orgId, importId);
      const alone = toHeld(lists, decideCounting({ synced: new Map(), lists }));
      const sums = await sql.sumHeld(client, orgId, alone);
      const totals = totalsOf(sums, alone);
      const fileIds = files.map(({ id }) => id);
      const target = { orgId, openaiOrgId: organization.openaiOrgId ?? UNKNOWN_ORGANIZATION };
      return {
        importId,
        files,
        organization,
        days: spanOf(lists),
        ...totals,
        ...(await namedTotals(client, orgId, { sums, total: totals.total, fileIds })),
        overlaps: await overlapsOf(client, target, { alone, lists, sums }),
        budgets: await budgetsOf(client, orgId, fileIds),
      };
    },
    { isSnapshot: true },
  );
}

async function draftFiles(client: TenantConnection, orgId: string, importId: string): Promise<ImportedFile[]> {
  const state = await imports.stateOf(client, orgId, importId);
  if (state === null) throw notFound("import");
  if (state !== "draft") throw notDraft();
  return (await imports.filesOf(client, orgId, [importId])).map(({ importId: _, ...file }) => file);
}

type Choosing = { files: readonly ImportedFile[]; connectionId: string | null };

async function organizationOf(client: TenantConnection, orgId: string, { files, connectionId }: Choosing) {
  const known = await imports.knownOrganizations(client, orgId);
  return {
    openaiOrgId: chooseOrganization({ known, files, connectionId }),
    isNamed: organizationNamed(files) !== null,
    options: known.flatMap(({ connectionId: id, name, openaiOrgId }) =>
      id ? [{ connectionId: id, name, openaiOrgId }] : [],
    ),
  };
}

const toHeld = (lists: readonly FileList[], counted: ReadonlyMap<number, ReadonlySet<UtcDay>>): sql.HeldDays[] =>
  lists.map(({ streamId, stream }) => ({ streamId, stream, days: [...(counted.get(streamId) ?? [])].toSorted() }));

function spanOf(lists: readonly FileList[]): ImportPreview["days"] {
  const days = [...new Set(lists.flatMap((list) => [...list.days]))].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const missing = days.slice(1).flatMap((day, i) => {
    const from = addUtcDays(days[i] ?? day, 1);
    return from < day ? [{ from, to: day }] : [];
  });
  return { first, last, count: days.length, missing, shared: sharedDays(lists) };
}

function sharedDays(lists: readonly FileList[]): number {
  const held = lists
    .filter(({ isOwn }) => isOwn)
    .flatMap(({ stream, days }) => [...days].map((day) => ({ stream, day })));
  const byList = Map.groupBy(held, ({ stream, day }) => `${stream} ${day}`);
  return new Set([...byList.values()].flatMap(([first, second]) => (first && second ? first.day : []))).size;
}

const dollars = (sums: readonly sql.HeldSums[]) => sums.filter(({ currency }) => currency === "usd");

/** The totals' list, which is derived where the files have none. A day without costs is one of zero. */
function totalsOf(sums: readonly sql.HeldSums[], held: readonly sql.HeldDays[]) {
  const byDay = sums.filter(({ stream, dimension }) => stream === "costs.project" && dimension === "day");
  const amounts = new Map(dollars(byDay).map(({ key, amount }) => [key, amount]));
  const covered = new Set(held.flatMap(({ stream, days: own }) => (stream === "costs.project" ? own : [])));
  const days = [...covered].toSorted().map((day) => ({ day, amount: amounts.get(day) ?? "0" }));
  const others = Map.groupBy(
    byDay.filter(({ currency }) => currency !== "usd"),
    ({ currency }) => currency,
  );
  return {
    total: days.length === 0 ? null : sumDecimals(days.map(({ amount }) => amount)),
    byDay: days,
    otherCurrencies: [...others].map(([currency, rows]) => ({
      currency,
      amount: sumDecimals(rows.map(({ amount }) => amount)),
    })),
  };
}

type Naming = { sums: readonly sql.HeldSums[]; total: string | null; fileIds: readonly string[] };

async function namedTotals(client: TenantConnection, orgId: string, { sums, total, fileIds }: Naming) {
  const usd = dollars(sums);
  const of = (dimension: sql.HeldSums["dimension"]) => usd.filter((row) => row.dimension === dimension);
  const ids = [...of("project"), ...of("user")].flatMap(({ key }) => key ?? []);
  const names = new Map(
    (await sql.namesFor(client, orgId, { fileIds, ids })).map(({ kind, id, name }) => [`${kind} ${id}`, name]),
  );
  const amountsOf = (dimension: "project" | "user") =>
    of(dimension).map(({ key, amount }) => ({ key, name: (key && names.get(`${dimension} ${key}`)) ?? null, amount }));
  return {
    byProject: tied(amountsOf("project"), total),
    byUser: tied(amountsOf("user"), total),
    byModel: tied(
      of("model").map(({ key, amount }) => ({ key, name: key, amount })),
      total,
    ),
  };
}

/** What a list lacks of the total is nobody's; a zero of nobody's is not said. */
function tied(rows: readonly ImportAmount[], total: string | null): ImportAmount[] {
  if (total === null) return [];
  const listed = sumDecimals(rows.map(({ amount }) => amount));
  const named = rows.filter(({ key }) => key !== null);
  const nobody = sumDecimals([
    ...rows.filter(({ key }) => key === null).map(({ amount }) => amount),
    addDecimals(total, listed.startsWith("-") ? listed.slice(1) : `-${listed}`),
  ]);
  return compareDecimals(nobody, "0") === 0 ? named : [...named, { key: null, name: null, amount: nobody }];
}

async function budgetsOf(client: TenantConnection, orgId: string, fileIds: readonly string[]): Promise<ImportBudget[]> {
  const held = await sql.heldBudgets(client, orgId, fileIds);
  if (held.length === 0) return [];
  const ids = held.map(({ projectId }) => projectId);
  const before = await sql.committedBudgets(client, orgId, ids);
  // No budget, and none before, is no news.
  const budgets = held.filter(({ projectId, amount }) => amount !== null || before.has(projectId));
  const named = (await sql.namesFor(client, orgId, { fileIds, ids })).filter(({ kind }) => kind === "project");
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return largestFirst(
    budgets.map(({ projectId, amount }) => ({
      projectId,
      name: names.get(projectId) ?? null,
      amount,
      before: before.get(projectId) ?? null,
    })),
    { amount: ({ amount }) => amount, name: ({ projectId }) => projectId },
  );
}

type Compared = { alone: readonly sql.HeldDays[]; lists: readonly FileList[]; sums: readonly sql.HeldSums[] };

/** Days of the files' own lists that a sync or an older import has, in order. */
async function overlapsOf(
  client: TenantConnection,
  target: { orgId: string; openaiOrgId: string },
  { alone, lists, sums }: Compared,
): Promise<ImportOverlap[]> {
  const isOwn = new Set(lists.filter((list) => list.isOwn).map(({ streamId }) => streamId));
  const own = alone.filter(({ streamId, stream }) => isOwn.has(streamId) && stream !== LINE_ITEM_STREAM);
  const days = [...new Set(own.flatMap((list) => list.days))].toSorted();
  const synced = await syncedDays(client, target, days);
  const older = (await committedLists(client, target)).filter((list) => list.isOwn);
  const here = new Map(dollars(sums).map(({ stream, key, amount }) => [`${stream} ${key}`, amount]));
  const there = new Map(
    (await sql.countedCosts(client, target, days)).map(({ stream, day, amount }) => [`${stream} ${day}`, amount]),
  );
  return own.flatMap(({ stream, days: covered }) =>
    covered.flatMap((day): ImportOverlap[] => {
      const isSynced = synced.get(stream)?.has(day) ?? false;
      if (!isSynced && !older.some((list) => list.stream === stream && list.days.has(day))) return [];
      const isMoney = stream.startsWith("costs.");
      const amountIn = (amounts: ReadonlyMap<string, string>) =>
        isMoney ? (amounts.get(`${stream} ${day}`) ?? "0") : null;
      const source = isSynced ? "sync" : "import";
      return [
        {
          list: stream,
          day,
          here: amountIn(here),
          there: amountIn(there),
          source,
          counts: isSynced ? "sync" : "this_import",
        },
      ];
    }),
  );
}
