import type { OrgScope } from "@/server/auth/scope";
import { notFound } from "@/server/lib/errors";
import { compareDecimals } from "@/server/lib/money";
import { toUtcDay, type UtcDay } from "@/server/lib/time";
import { priceBook, priceChangesIn } from "@/server/prices/price-book";
import { tierOf } from "@/server/prices/price-of";
import type { MeteredKind } from "@/server/prices/schema";
import { compareLines, sumLines, type UsedAmount } from "@/server/reconciliation/compare-lines";
import * as sql from "@/server/reconciliation/reconciliation.sql";
import type { PriceCheck, PriceCheckInput } from "@/server/reconciliation/schema";
import { type StreamStatus, streamStatuses } from "@/server/usage/freshness.sql";
import { daysUntil, isOffered } from "@/server/usage/known-days";
import { type UsageEndpoint, usageEndpoints } from "@/server/usage/measures";
import type { PricedColumn } from "@/server/usage/priced-usage.sql";

const usageStreamNames = usageEndpoints.map((endpoint) => `usage.${endpoint}`);

/**
 * The bill of an OpenAI organization beside what its usage comes to at list prices, each difference with its reasons.
 * @throws AppError not_found for an organization that is neither connected nor imported
 */
export async function checkPrices(
  scope: OrgScope,
  { range, openaiOrg }: PriceCheckInput,
  now = new Date(),
): Promise<PriceCheck> {
  const organization = (await sql.organizationStreams(scope)).find(({ openaiOrgId }) => openaiOrgId === openaiOrg);
  if (!organization) throw notFound("organization");
  const begun = daysUntil(range, toUtcDay(now));
  const statuses = await streamStatuses(scope, ["costs.project", ...usageStreamNames], range);
  const settled = settledDays(
    begun,
    statuses.filter(({ connectionId }) => organization.connectionIds.includes(connectionId)),
  );
  const billed = await sql.billedLines(scope, { range, settled, streams: organization.costs });
  const usage = await sql.usedSums(scope, {
    range,
    settled,
    streams: organization.usage.map(({ id }) => id),
    changes: priceChangesIn(range),
  });
  const endpointOf = new Map(organization.usage.map(({ id, name }) => [id, name.slice("usage.".length)]));
  const lines = compareLines(
    usage.flatMap((row) => amountsOf(row, endpointOf.get(row.streamId) as UsageEndpoint)),
    billed.map(({ lineItem, ...row }) => ({ ...row, lineItem: lineItem || null })),
  );
  return {
    range,
    openaiOrgId: openaiOrg,
    ...sumLines(lines),
    lines: lines.filter(isSomething),
    settledDays: settled.length,
    begunDays: begun.length,
    priceBook: { asOf: priceBook.asOf },
  };
}

/** Days that are whole in the bill and in every list of usage that the organization has. */
function settledDays(days: readonly UtcDay[], statuses: readonly StreamStatus[]): UtcDay[] {
  const byStream = Map.groupBy(statuses.filter(isOffered), ({ stream }) => stream);
  const lists = [...byStream.values()];
  if (!byStream.has("costs.project")) return [];
  return days.filter((day) =>
    lists.every((list) => list.some(({ covered }) => covered.some(({ from, to }) => from <= day && day < to))),
  );
}

const tokenKinds: Partial<Record<PricedColumn, MeteredKind>> = {
  input: "input",
  cached_input: "cachedInput",
  cache_write: "cacheWrite",
  output: "output",
  audio_input: "audioInput",
  cached_audio_input: "cachedAudioInput",
  audio_output: "audioOutput",
  image_input: "imageInput",
  cached_image_input: "cachedImageInput",
  image_output: "imageOutput",
};

/** What an endpoint counts in its own unit. Its tokens, where it has some, are counted besides. */
const unitKinds: Record<UsageEndpoint, MeteredKind | null> = {
  completions: null,
  embeddings: null,
  moderations: null,
  images: "images",
  audio_speeches: "characters",
  audio_transcriptions: "audioSeconds",
  vector_stores: "storageBytes",
  code_interpreter_sessions: "sessions",
  file_search_calls: "fileSearchCalls",
  web_search_calls: "webSearchCalls",
};

function amountsOf(row: sql.UsedSum, endpoint: UsageEndpoint): UsedAmount[] {
  const { model, isBatch, serviceTier, day, isSettled } = row;
  const tier = tierOf({ isBatch, serviceTier: serviceTier || null });
  const kinds = { ...tokenKinds, ...(unitKinds[endpoint] ? { quantity: unitKinds[endpoint] } : {}) };
  return Object.entries(kinds).flatMap(([column, kind]) => {
    const quantity = row[column as PricedColumn];
    return quantity === "0" ? [] : [{ model: model || null, kind, tier, day, isSettled, quantity }];
  });
}

/** A line of nothing on both sides is not worth a row. */
const isSomething = ({ billed, quantity }: PriceCheck["lines"][number]) =>
  compareDecimals(billed, "0") !== 0 || quantity !== null;
