import { AppError } from "@/server/lib/errors";
import type { RefusalCode } from "@/server/imports/constants";

type Details = {
  /** "line 5" or "data[3].results[2]". */
  place?: string | undefined;
  /** What is wrong there, or what it differs from. */
  what?: string;
};

/** Why a file is not imported. Nothing of it is kept. */
export class RefusedFile extends AppError {
  readonly refusal: RefusalCode;
  readonly place: string | null;
  readonly what: string | null;

  constructor(refusal: RefusalCode, { place, what }: Details = {}) {
    super("invalid", `import_${refusal}`, { message: sentenceOf(refusal, { place, what }) });
    this.refusal = refusal;
    this.place = place ?? null;
    this.what = what ?? null;
  }
}

function sentenceOf(code: RefusalCode, { place, what }: Details): string {
  const at = place ? ` (${place})` : "";
  switch (code) {
    case "holds_rate_limits":
      return "This file holds rate limits, not costs or usage. Nothing of it was imported.";
    case "holds_roles":
      return "This file holds roles, not costs or usage. Nothing of it was imported.";
    case "holds_prices":
      return "This file holds prices of models, not costs or usage. Nothing of it was imported.";
    case "holds_recordings":
      return "This file holds recorded calls, not costs or usage. Nothing of it was imported.";
    case "holds_sums":
      return "This file holds sums over a period, not costs by day: which days they belong to cannot be told. Import the export or the cache that they were made from.";
    case "not_usage":
      return "This is no file of costs, usage, names or budgets that is known here.";
    case "no_days":
      return "This file holds no day of costs or usage, no names and no budgets.";
    case "too_large":
      return "This file is larger than 100 MB.";
    case "part_too_large":
      return `A single part of this file is larger than 32 MB${at}.`;
    case "broken":
      return `This file is damaged or cut off${at}${what ? `: ${what}` : ""}.`;
    case "bad_row":
      return `This file cannot be read at ${place ?? "a row"}: ${what ?? "the row is malformed"}. Nothing of it was imported.`;
    case "several_organizations":
      return `These are files of several OpenAI organizations${what ? ` (${what})` : ""}: import them one after another.`;
    case "other_organization":
      return `These files are of the OpenAI organization ${what ?? "of another connection"}, not of the chosen connection's.`;
    case "same_file_here":
      return `This is the same file as ${what ?? "another one"}.`;
    case "same_file_before":
      return `The same file was imported before${what ? `, on ${what}` : ""}. To import it again, undo that import first.`;
    default:
      return code satisfies never;
  }
}

/** @throws RefusedFile */
export const badRow = (place: string, what: string): never => {
  throw new RefusedFile("bad_row", { place, what });
};
