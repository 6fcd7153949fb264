import { createParser, parseAsString } from "nuqs/server";
import type { TableSort } from "@/components/tables/types";

/** "amount.desc": one column and a direction. */
export const parseAsSort = createParser<TableSort>({
  parse: (text) => {
    const match = /^([a-zA-Z]{1,30})\.(asc|desc)$/.exec(text);
    return match?.[1] ? { columnId: match[1], isDescending: match[2] === "desc" } : null;
  },
  serialize: ({ columnId, isDescending }) => `${columnId}.${isDescending ? "desc" : "asc"}`,
  eq: (a, b) => a.columnId === b.columnId && a.isDescending === b.isDescending,
});

/** What a table shows, kept in the address so that a link is a view and Back returns to it. */
export const tableParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsSort.withDefault({ columnId: "amount", isDescending: true }),
};
