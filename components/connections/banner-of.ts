import type { ConnectionSummary, KeptHistory } from "@/server/connections/schema";

type Shown = Pick<ConnectionSummary, "id" | "name" | "status" | "statusReason" | "isSample">;
type Kept = Pick<KeptHistory, "id" | "name" | "isSample" | "isErasing">;

type Trouble = { kind: "broken" | "paused"; connection: Shown };
/** mixed: sample data beside real spend, be it of deleted connections. */
type SampleMark = { kind: "sample" | "mixed"; connection: { id: string; name: string } };
export type Banner = Trouble | SampleMark;

/** What to say above every page: what does not work, a broken connection before a paused one; and that figures are invented. */
export function bannersOf(connections: readonly Shown[], kept: readonly Kept[]): Banner[] {
  return [troubleOf(connections), sampleMarkOf(connections, kept)].filter((banner) => banner !== null);
}

function troubleOf(connections: readonly Shown[]): Trouble | null {
  const broken = connections.find(({ status }) => status === "broken");
  if (broken) return { kind: "broken", connection: broken };
  const paused = connections.find(({ status, isSample }) => status === "paused" && !isSample);
  return paused ? { kind: "paused", connection: paused } : null;
}

function sampleMarkOf(connections: readonly Shown[], kept: readonly Kept[]): SampleMark | null {
  const counted = [...connections, ...kept.filter(({ isErasing }) => !isErasing)];
  const sample = counted.find(({ isSample }) => isSample);
  if (!sample) return null;
  return { kind: counted.every(({ isSample }) => isSample) ? "sample" : "mixed", connection: sample };
}
