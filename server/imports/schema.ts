import { z } from "zod";
import type { FileFormat, RefusalCode } from "@/server/imports/constants";
import type { Usd } from "@/server/usage/schema";

export const ImportRef = z.object({ importId: z.uuid() });
export type ImportRef = z.infer<typeof ImportRef>;

export const PreviewInput = ImportRef.extend({ connectionId: z.uuid().nullish() });
export type PreviewInput = z.infer<typeof PreviewInput>;

/** Of an upload's URL; the body is the file. Without an import a new one is begun. */
export const UploadInput = z.object({ import: z.uuid().optional(), name: z.string().trim().min(1).max(255) });
export type UploadInput = z.infer<typeof UploadInput>;

export const RemoveFileInput = ImportRef.extend({ fileId: z.uuid() });

/** A file as it was recognised. Days are UTC days, `lastDay` inclusive. */
export type ImportedFile = {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  format: FileFormat;
  rows: number;
  /** The provider's lists that it holds: costs.project, costs.user, usage.completions, ... */
  lists: string[];
  openaiOrgId: string | null;
  firstDay: string | null;
  lastDay: string | null;
  days: number;
  /** US dollars; null where it holds no costs. */
  amount: Usd | null;
  names: number;
  /** Days that were left out because they are not over. */
  openDays: number;
  /** It is one page of several. */
  hasMore: boolean;
  /** Budgets that it gives to projects. */
  budgets: number;
  /** The first hundred values that were not taken, of how many: where each stands, and what stands there. */
  leftOut: { place: string; given: string }[];
  leftOutCount: number;
};

export type FileRefusal = { code: RefusalCode; place: string | null; what: string | null; message: string };

export type UploadAnswer =
  | { importId: string; file: ImportedFile; refusal: null }
  | { importId: string; file: null; refusal: FileRefusal };

/** Key null is what the files attribute to nobody. */
export type ImportAmount = { key: string | null; name: string | null; amount: Usd };

/** A day that something else has, too: what the files say of it, what counted until now, and which counts after the commit. */
export type ImportOverlap = {
  list: string;
  day: string;
  /** US dollars, for lists of costs. */
  here: Usd | null;
  there: Usd | null;
  source: "sync" | "import";
  counts: "sync" | "this_import";
};

export type OrganizationChoice = {
  /** Null while somebody has to choose. "files" where nothing tells whose money it is. */
  openaiOrgId: string | null;
  /** Whether the files name it; then there is nothing to choose. */
  isNamed: boolean;
  options: { connectionId: string; name: string; openaiOrgId: string }[];
};

/** What a project may cost in a calendar month, and what it may until now, as an older import says; null for no budget. */
export type ImportBudget = { projectId: string; name: string | null; amount: Usd | null; before: Usd | null };

export type ImportPreview = {
  importId: string;
  files: ImportedFile[];
  organization: OrganizationChoice;
  /**
   * UTC days of the files, all together; `missing` are days in between that no file holds, [from, to); `shared` is of how many
   * several files hold the same list, of which the last one's counts.
   */
  days: { first: string; last: string; count: number; missing: { from: string; to: string }[]; shared: number } | null;
  /** What the files say by themselves, each day once; null where they hold no costs. */
  total: Usd | null;
  byDay: { day: string; amount: Usd }[];
  byProject: ImportAmount[];
  byUser: ImportAmount[];
  byModel: ImportAmount[];
  otherCurrencies: { currency: string; amount: string }[];
  overlaps: ImportOverlap[];
  budgets: ImportBudget[];
};

export type ImportSummary = {
  id: string;
  state: "committed" | "undone";
  openaiOrgId: string;
  organizationName: string | null;
  committedAt: string;
  committedBy: string | null;
  undoneAt: string | null;
  undoneBy: string | null;
  /** Of how many of its days anything counts now. */
  countedDays: number;
  files: ImportedFile[];
};
