import type { RhythmName } from "../generate/rhythm";

/** Days since the organization was founded; the sandbox shifts them to real dates. */
export interface ProjectPlan {
  name: string;
  createdOffset: number;
  archivedOffset?: number;
  /** Multiplies the calls of the project's keys. */
  busyness: number;
  utcOffset: number;
  /** Indexes into the user list. */
  owner: number;
  members: readonly number[];
  serviceAccounts: readonly string[];
  /** Models in the order of how much the project likes them. */
  models: readonly string[];
  rhythm: RhythmName;
  tools?: readonly (
    | "embeddings"
    | "images"
    | "speech"
    | "transcription"
    | "search"
    | "files"
    | "code"
    | "moderation"
    | "decisions"
    | "audio"
  )[];
  residency?: string;
}

export interface UserPlan {
  name: string | null;
  email: string;
  isOwner?: boolean;
  addedOffset: number;
  deletedOffset?: number;
  isScimManaged?: boolean;
}

export interface OrganizationPlan {
  slug: "acme" | "beacon" | "empty";
  id: string;
  name: string;
  users: readonly UserPlan[];
  projects: readonly ProjectPlan[];
  groups: readonly { name: string; users: readonly number[]; projects: readonly number[]; isScimManaged: boolean }[];
}
