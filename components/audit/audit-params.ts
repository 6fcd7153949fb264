import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { startOfDay } from "@/components/lib/zone-day";
import { dayToDate } from "@/components/lib/format-date";
import type { AuditQuery } from "@/components/audit/types";
import { actorTypes, type AuditGroup, auditGroups } from "@/server/audit/constants";

export const groups = Object.keys(auditGroups) as AuditGroup[];

const parseAsDay = createParser<string>({
  parse: (text) => (dayToDate(text) ? text : null),
  serialize: (day) => day,
});

const actorPattern = new RegExp(`^(${actorTypes.join("|")})(:.{1,80})?$`);

/** "job", or "user:<id>". */
const parseAsActor = createParser<string>({
  parse: (text) => (actorPattern.test(text) ? text : null),
  serialize: (actor) => actor,
});

/** What the audit log shows, kept in the address: a link is a view. Days are those of the organization's zone, `to` exclusive. */
export const auditParams = {
  q: parseAsString.withDefault(""),
  actor: parseAsActor,
  action: parseAsArrayOf(parseAsStringLiteral(groups)).withDefault([]),
  target: parseAsString,
  from: parseAsDay,
  to: parseAsDay,
};

export type AuditState = inferParserType<typeof auditParams>;

export const loadAuditParams = createLoader(auditParams);

/** What the server is asked for. */
export function toQuery({ q, actor, action, target, from, to }: AuditState, timeZone: string): AuditQuery {
  return {
    search: q.trim().slice(0, 100) || undefined,
    actor: actor ?? undefined,
    action: action.length > 0 ? action.join(",") : undefined,
    target: target?.slice(0, 200),
    from: from ? startOfDay(from, timeZone) : undefined,
    to: to ? startOfDay(to, timeZone) : undefined,
  };
}

/** Where the same events are as a file. */
export function exportPath(org: string, query: AuditQuery, format: "csv" | "json"): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/orgs/${org}/audit?${new URLSearchParams([["format", format], ...given])}`;
}

export const isFiltered = ({ q, actor, action, target, from, to }: AuditState): boolean =>
  q !== "" || actor !== null || action.length > 0 || target !== null || from !== null || to !== null;

/** An address without any filter. */
export const unfiltered = { q: null, actor: null, action: null, target: null, from: null, to: null };

/** What the page after this one is asked for with. */
export const nextPage = ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined;
