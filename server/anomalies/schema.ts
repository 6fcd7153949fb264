import { z } from "zod";
import { anomalyDimensions, type AnomalyDirection, MAX_REASON } from "@/server/anomalies/constants";
import type { ExploreLabel } from "@/server/explore/schema";
import { Day } from "@/server/lib/day";
import { DayRange, type Freshness } from "@/server/usage/schema";

/** Anomalies that touch these UTC days. */
export const AnomaliesInput = z.object({ range: DayRange });
export type AnomaliesInput = z.infer<typeof AnomaliesInput>;

/** What stood out and one of its days. */
const anomalyRef = {
  dimension: z.enum(anomalyDimensions),
  /** The provider's id; empty for the total and for what nobody was named for. */
  key: z.string().max(1000),
  day: Day,
};

export const AnomalyRef = z.object(anomalyRef);
export type AnomalyRef = z.infer<typeof AnomalyRef>;

export const AnomalyDismissal = AnomalyRef.extend({ reason: z.string().trim().min(1).max(MAX_REASON) });
export type AnomalyDismissal = z.infer<typeof AnomalyDismissal>;

export type AnomalyCause = {
  label: ExploreLabel;
  /** US dollars over what it usually costs; below zero under it. */
  excess: string;
  /** Too new for anything usual. */
  isNew: boolean;
};

export type Anomaly = AnomalyRef & {
  direction: AnomalyDirection;
  /** What stood out; null is all spend together. */
  label: ExploreLabel | null;
  /** UTC days from the first to the last that stand out; `to` is exclusive. */
  range: DayRange;
  /** It reaches to the last day that is known. */
  isOngoing: boolean;
  /** The UTC day from which on it cost nothing at all; null for what still costs something, and where later days were not asked for. */
  stoppedOn: string | null;
  /** Of all its days: decimal texts in US dollars; amount = expected + excess. */
  amount: string;
  expected: string;
  excess: string;
  days: { day: string; amount: string; expected: string }[];
  /** Who caused most of the excess, the most telling first. */
  causes: AnomalyCause[];
  /** Somebody looked at it and said why it is none. */
  dismissal: { reason: string; by: string | null; at: string; day: string } | null;
};

export type AnomaliesResult = {
  range: DayRange;
  /** Latest first. */
  anomalies: Anomaly[];
  /** Known days since the first spend, as far back as is looked; in less than three weeks nothing can stand out. */
  historyDays: number;
  freshness: Freshness;
};
