import type { ConnectionSummary } from "@/server/connections/schema";

type Shown = Pick<ConnectionSummary, "id" | "name" | "status" | "statusReason" | "isSample">;

export type Banner = { kind: "broken" | "paused" | "sample" | "mixed"; connection: Shown };

/**
 * The one thing to say above every page: a broken connection before a paused one, before sample data.
 * mixed: sample data beside real spend.
 */
export function bannerOf(connections: readonly Shown[]): Banner | null {
  const broken = connections.find(({ status }) => status === "broken");
  if (broken) return { kind: "broken", connection: broken };
  const paused = connections.find(({ status, isSample }) => status === "paused" && !isSample);
  if (paused) return { kind: "paused", connection: paused };
  const sample = connections.find(({ isSample }) => isSample);
  if (!sample) return null;
  return { kind: connections.every(({ isSample }) => isSample) ? "sample" : "mixed", connection: sample };
}
