import { type DirectoryList, directoryLists } from "@/server/directory/lists";
import type { SyncKind } from "@/server/sync/schema";
import type { CostStreamName } from "@/server/usage/dimensions";
import { type UsageEndpoint, usageEndpoints } from "@/server/usage/measures";

/** A list of the provider that a connection keeps in step. Its name is stored: never rename, only add. */
export type SyncStream =
  | { kind: "costs"; name: CostStreamName }
  | { kind: "usage"; name: `usage.${UsageEndpoint}`; endpoint: UsageEndpoint }
  | { kind: "directory"; name: `directory.${DirectoryList}`; list: DirectoryList };

export type FactStream = Exclude<SyncStream, { kind: "directory" }>;

const costs: SyncStream[] = [
  { kind: "costs", name: "costs.project" },
  { kind: "costs", name: "costs.user" },
];

const usage: SyncStream[] = usageEndpoints.map((endpoint) => ({ kind: "usage", name: `usage.${endpoint}`, endpoint }));

const directory: SyncStream[] = directoryLists.map((list) => ({ kind: "directory", name: `directory.${list}`, list }));

/** What a run of each kind looks at, in the order in which it is wanted on the screens. */
const streamsByKind: Record<SyncKind, SyncStream[]> = {
  recent: [...costs, ...usage],
  trailing: [...costs, ...usage],
  backfill: [...costs, ...directory, ...usage],
  directory,
};

export const streamsOf = (kind: SyncKind): readonly SyncStream[] => streamsByKind[kind];
