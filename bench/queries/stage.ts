import type pg from "pg";
import { round } from "@/bench/lib/report";
import { timed } from "@/bench/lib/statistics";
import { endOfToday, makeFilledOrg } from "@/bench/queries/dataset";
import type { Shape, Stage } from "@/bench/queries/shape";
import type { OrgAccess } from "@/server/auth/scope";
import { buildPacks } from "@/server/explore/packs/build";

const TIMEZONE = "Asia/Seoul";

/** Small organizations are made so many at a time. */
const AT_ONCE = 3;

/** A stage's organizations up to and including today; the largest is in a zone, with tags that change and packs. */
export async function fillStage(owner: pg.Pool, { largest, others }: Stage) {
  process.env.DATABASE_POOL_MAX = String(AT_ONCE);
  const end = endOfToday();
  const filling = await timed(async () => {
    const access = await makeFilledOrg(owner, largest, end);
    await owner.query("update orgs set timezone = $1 where id = $2", [TIMEZONE, access.org.id]);
    await assignTags(owner, access);
    const waiting = others.values();
    await Promise.all(Array.from({ length: AT_ONCE }, () => fillEach(owner, waiting, end)));
    await owner.query("vacuum (analyze)");
    return inZone(access);
  });
  const packing = await timed(() => buildPacks(filling.value));
  await owner.query("vacuum (analyze) fact_packs");
  const seconds = { written: round(filling.ms / 1000), packed: round(packing.ms / 1000) };
  return { access: filling.value, packs: packing.value, seconds };
}

/** One organization after another, as long as any waits. */
async function fillEach(owner: pg.Pool, waiting: Iterable<Shape>, end: Date) {
  for (const shape of waiting) await makeFilledOrg(owner, shape, end);
}

/** Every project has a team, and another one twice within the last 90 days. */
async function assignTags(owner: pg.Pool, { org }: OrgAccess) {
  await owner.query(
    `insert into tag_values (org_id, kind, item_id, tag_key, from_day, value)
     select distinct on (project_id, ago) $1::uuid, 'project', project_id, 'team', current_date - ago,
       'team ' || (right(project_id, 4)::int + ago) % 7
     from series, unnest(array[800, 75, 20]) ago where org_id = $1 and project_id is not null`,
    [org.id],
  );
}

/** The org was read before it had its zone. */
function inZone(access: OrgAccess): OrgAccess {
  return {
    ...access,
    inScope: (work, options) =>
      access.inScope((scope) => work({ ...scope, org: { ...scope.org, timezone: TIMEZONE } }), options),
  };
}
