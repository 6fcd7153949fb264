import type { BenchDatabase } from "@/bench/lib/database";
import { makeConnection, makeOrg, makeStream } from "@/bench/lib/tenant";
import { timed } from "@/bench/lib/statistics";
import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import type { UsageFacts } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import type { StreamRef } from "@/server/usage/series";

export type IngestTarget = { database: BenchDatabase; access: OrgAccess; stream: StreamRef };

export async function prepareTarget(database: BenchDatabase): Promise<IngestTarget> {
  const access = await makeOrg("Ingest");
  const connectionId = await makeConnection(access);
  const name = "usage.completions";
  return { database, access, stream: { id: await makeStream(access, connectionId, name), connectionId, name } };
}

/** As if an earlier version had stored the day: what it was given as is not known. */
export const forgetDay = ({ database, stream }: IngestTarget, dayStart: number) =>
  database.owner.query("delete from day_digests where stream_id = $1 and day = $2::date", [
    stream.id,
    new Date(dayStart),
  ]);

const written = `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::int as rows from pg_stat_xact_user_tables
  where relname in ('usage_facts', 'usage_daily', 'series', 'restatements')`;

/** Replaces one day in a transaction as the application's role. Counting what it wrote is not part of the time. */
export async function measuredReplace({ access, database, stream }: IngestTarget, facts: UsageFacts, dayStart: number) {
  const end = new Date(dayStart + 86_400_000);
  const window = {
    stream,
    width: "1h",
    start: new Date(dayStart),
    end,
    fetchedAt: new Date(end.getTime() + 3_600_000),
  } as const;
  const position = "select pg_current_wal_insert_lsn() - '0/0' as bytes";
  const before = await database.owner.query(position);
  let touched = 0;
  let countingMs = 0;
  const { ms } = await timed(() =>
    withTenantConnection(access.org.id, async (client) => {
      // The view also holds what earlier transactions of this connection have not reported yet: only growth counts.
      const count = async () => {
        const counted = await timed(() => client.query<{ rows: number }>(written));
        countingMs += counted.ms;
        return counted.value.rows[0]?.rows ?? 0;
      };
      const earlier = await count();
      await replaceWindow(client, access.org.id, window, facts);
      touched = (await count()) - earlier;
    }),
  );
  const after = await database.owner.query(position);
  return { ms: ms - countingMs, touched, wal: Number(after.rows[0].bytes) - Number(before.rows[0].bytes) };
}
