import type { OrgScope } from "@/server/auth/scope";
import { describeMembers } from "@/server/usage/members";
import type { BreakdownDimension } from "@/server/usage/schema";

/** Names are forgotten when there are more: an organization may have had any number of keys. */
const MOST_NAMES = 50_000;

type Ids = { projectId: string | null; userId: string | null; apiKeyId: string | null };

const fields = { project: "projectId", user: "userId", api_key: "apiKeyId" } as const;

/** The directory's names of what rows mention, looked up once for each. */
export class Names {
  readonly #known = { project: new Map<string, string | null>(), user: new Map(), api_key: new Map() };
  readonly #scope: OrgScope;

  constructor(scope: OrgScope) {
    this.#scope = scope;
  }

  async learn(rows: readonly Ids[]): Promise<void> {
    for (const dimension of ["project", "user", "api_key"] as const) {
      const known = this.#known[dimension];
      if (known.size > MOST_NAMES) known.clear();
      const ids = new Set(rows.map((row) => row[fields[dimension]]).filter((id) => id !== null));
      const unknown = [...ids].filter((id) => !known.has(id));
      if (unknown.length === 0) continue;
      const describe = await describeMembers(this.#scope, dimension, unknown);
      for (const id of unknown) known.set(id, describe(id).name);
    }
  }

  /** Null where the directory has none; only after `learn`. */
  of(dimension: Exclude<BreakdownDimension, "model">, id: string | null): string | null {
    return id === null ? null : (this.#known[dimension].get(id) ?? null);
  }
}
