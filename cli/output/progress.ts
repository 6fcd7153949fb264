import { cutToWidth } from "@/cli/output/width";

type Output = { write: (text: string) => unknown; isTTY?: boolean };

const PLAIN_EVERY_MS = 5_000;
const MAX_COLUMNS = 100;

/** A line that is written over while a terminal shows it; a log gets one now and then. */
export function progressLine(output: Output, now = Date.now) {
  let shown = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    show(line: string) {
      if (line === shown) return;
      if (output.isTTY) output.write(`\r\u001B[2K${cutToWidth(line, MAX_COLUMNS)}`);
      else if (now() - lastAt < PLAIN_EVERY_MS) return;
      else output.write(`${line}\n`);
      lastAt = now();
      shown = line;
    },
    clear() {
      if (shown !== "" && output.isTTY) output.write("\r\u001B[2K");
      shown = "";
    },
  };
}
