import { invalidValue, type Query } from "../http/query";

/** Reads group_by in the endpoint's own order; an unknown field is a 400 that lists the allowed ones. */
export function readGroupBy<Name extends string>(query: Query, allowed: readonly Name[]): Name[] {
  const wanted = query.list("group_by");
  const unknown = wanted.find((text) => !allowed.some((name) => name === text));
  if (unknown !== undefined) throw invalidValue("group_by", unknown, allowed);
  return allowed.filter((name) => wanted.includes(name));
}
