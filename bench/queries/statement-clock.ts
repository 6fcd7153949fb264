import pg from "pg";

export type Statement = { text: string; ms: number };

type Callback = (...results: unknown[]) => void;

/**
 * Notes every statement this process sends to PostgreSQL and the milliseconds until its answer was read: parsing,
 * planning, execution, the transfer over loopback and node-postgres' own work, but nothing of Prisma's.
 */
export function noteStatements(): { take: () => Statement[] } {
  let noted: Statement[] = [];
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function timed(this: pg.Client, ...args: unknown[]) {
    const startedAt = performance.now();
    const note = () => noted.push({ text: textOf(args[0]), ms: performance.now() - startedAt });
    const callback = args.at(-1);
    if (!isCallback(callback)) return (send.apply(this, args) as Promise<unknown>).finally(note);
    const noting: Callback = (...results) => {
      note();
      callback(...results);
    };
    return send.apply(this, [...args.slice(0, -1), noting]);
  } as typeof pg.Client.prototype.query;
  return {
    take() {
      const taken = noted;
      noted = [];
      return taken;
    },
  };
}

const isCallback = (value: unknown): value is Callback => typeof value === "function";

const textOf = (query: unknown) => (typeof query === "string" ? query : (query as { text: string }).text);
