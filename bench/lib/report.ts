import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import { fromRoot } from "../../scripts/lib/paths.mjs";

export type Cell = string | number | boolean | null;

/** A table of text columns, numbers to the right. */
export function printTable(title: string, rows: readonly Record<string, Cell>[]) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (cell: Cell | undefined) => (cell === null || cell === undefined ? "" : String(cell));
  const width = (column: string) => Math.max(column.length, ...rows.map((row) => text(row[column]).length));
  const line = (cells: (column: string) => string, numbers: (column: string) => boolean) =>
    columns
      .map((column) => (numbers(column) ? cells(column).padStart(width(column)) : cells(column).padEnd(width(column))))
      .join("  ");
  const isNumeric = (column: string) => rows.every((row) => !/[^\d.,%x\s-]/.test(text(row[column])));
  console.log(`\n${title}`);
  console.log(line((column) => column, isNumeric));
  for (const row of rows) console.log(line((column) => text(row[column]), isNumeric).trimEnd());
}

/** A figure against its target; a missed one makes the benchmark end with exit code 1. */
export type Target = { what: string; measured: number; target: number; isAtMost: boolean };

export const atLeast = (what: string, measured: number, target: number): Target => ({
  what,
  measured,
  target,
  isAtMost: false,
});
export const atMost = (what: string, measured: number, target: number): Target => ({
  what,
  measured,
  target,
  isAtMost: true,
});

export const isMet = ({ measured, target, isAtMost }: Target) => (isAtMost ? measured <= target : measured >= target);

/** Prints the targets, writes everything to bench/results/<name>.json, and gives the exit code. */
export function report(name: string, targets: readonly Target[], details: unknown): number {
  if (targets.length > 0) {
    printTable(
      "Targets",
      targets.map((target) => ({
        what: target.what,
        measured: round(target.measured),
        target: `${target.isAtMost ? "<=" : ">="} ${target.target}`,
        met: isMet(target) ? "yes" : "NO",
      })),
    );
  }
  const dir = fromRoot("bench/results");
  fs.mkdirSync(dir, { recursive: true });
  const result = {
    name,
    at: new Date().toISOString(),
    machine: machine(),
    targets: targets.map((t) => ({ ...t, isMet: isMet(t) })),
    details,
  };
  fs.writeFileSync(`${dir}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  return targets.every(isMet) ? 0 : 1;
}

const machine = () => ({
  cpus: os.cpus().length,
  model: os.cpus()[0]?.model ?? "",
  memoryGib: round(os.totalmem() / 2 ** 30),
  load: os.loadavg().map(round),
  node: process.versions.node,
  commit: commit(),
});

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: fromRoot("."), encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

export const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
