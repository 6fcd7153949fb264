/** More than the product has statements: what is made at run time must not fill the connections' memory. */
const MAX_NAMES = 400;

/** Lists that are written out get a text for each length. */
const LIST_OF_VALUES = /\bIN \(\$\d+,/;

const READS = /^\s*(select|with)\b/i;

/**
 * To be put into the text of a statement whose best plan depends on its values, such as one that adds up what the reader
 * chose: after a few runs PostgreSQL may settle for one plan for all values, with a range of days taken for a few rows.
 */
export const PLANNED_ANEW = "/* planned anew for its values */";

/**
 * Names for statements, by which PostgreSQL keeps what it has parsed and planned for as long as the connection lives:
 * half of what a page's small statements cost. Only reads get one, and no more than a few hundred; all others are
 * PostgreSQL's unnamed statement, whose name is empty.
 */
export function statementNames(max = MAX_NAMES): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= max || !isWorthIt(sql)) return "";
    const name = `tollkeeper_${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

const isWorthIt = (sql: string) => READS.test(sql) && !LIST_OF_VALUES.test(sql) && !sql.includes(PLANNED_ANEW);
