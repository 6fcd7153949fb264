import PDFDocument from "pdfkit";
import { createTranslator } from "use-intl/core";
import type { Locale } from "@/i18n/locales";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";
import type { ChargePart } from "@/server/allocation/constants";
import { inCents, roundToCents } from "@/server/chargeback/cents";
import { pdfFonts } from "@/server/chargeback/pdf-fonts";
import { charactersOf, type Run, toRuns } from "@/server/chargeback/pdf-runs";
import type { Chargeback, ChargebackLine } from "@/server/chargeback/schema";
import { subtractDecimals } from "@/server/lib/money";

const messages: Record<Locale, typeof en> = { en, ko };

export type PdfContext = { orgName: string; by: ChargePart; locale: Locale; generatedAt: Date };

const MARGIN = 48;
const PAGE = { width: 595.28, height: 841.89 };
const RIGHT = PAGE.width - MARGIN;
const BOTTOM = PAGE.height - MARGIN - 18;
const LINE = 17;
const INK = "#18181b";
const QUIET = "#6b7280";
const RULE = "#d4d4d8";

/** Right edges of the columns of money; names take what is left. */
const columns = { billed: 338, share: 388, adjustment: 472, charged: RIGHT };

/**
 * A month's report for paper: cost centers, and each one's projects or line items. Amounts are in cents that add up; the exact total is
 * said, and every digit is in the CSV. @returns the whole document, some ten kilobytes and its fonts
 */
export async function chargebackPdf(report: Chargeback, context: PdfContext): Promise<Buffer> {
  const page = new Page(context);
  drawHead(page, report);
  drawTable(page, report);
  drawNotes(page, report);
  return page.finish();
}

function drawHead(page: Page, { month, freshness, isOpen, totals }: Chargeback) {
  const { say, context } = page;
  page.text(context.orgName, { size: 9, color: QUIET });
  page.down(15);
  page.text(say("pdf.title", { month: page.month(month) }), { size: 18, isBold: true });
  page.down(28);
  const lines = [
    say("pdf.days"),
    freshness.asOf ? say("pdf.asOf", { time: page.instant(new Date(freshness.asOf)) }) : say("pdf.never"),
    ...(isOpen ? [say("pdf.open")] : []),
    ...(freshness.missing.length > 0 ? [say("pdf.missing")] : []),
    ...(totals ? [say("pdf.exact", { amount: totals.billed })] : [say("pdf.unknown")]),
  ];
  for (const line of lines) {
    page.text(line, { size: 9, color: QUIET });
    page.down(13);
  }
  page.down(14);
}

function drawTable(page: Page, { lines, totals }: Chargeback) {
  const { say } = page;
  if (!totals) return;
  const billed = inCents(lines.map((line) => line.billed));
  const charged = inCents(lines.map((line) => line.shown));
  tableHead(page);
  lines.forEach((line, i) => {
    const own = { billed: billed[i] ?? "0.00", charged: charged[i] ?? "0.00" };
    const parts = partsOf(line, page);
    page.room(parts.length > 0 ? LINE * 2 : LINE, () => tableHead(page));
    row(page, { name: nameOf(line, say("unallocated")), ...own, share: line.share, isBold: true });
    drawParts(page, parts, own);
  });
  page.room(LINE * 2, () => tableHead(page));
  page.rule();
  const total = { billed: roundToCents(totals.billed), charged: roundToCents(totals.shown) };
  row(page, { name: say("total"), ...total, share: 1, isBold: true });
}

type Part = { name: string; billed: string; shown: string };

const partsOf = ({ projects, lineItems }: ChargebackLine, { say, context }: Page): Part[] =>
  context.by === "project"
    ? projects.map(({ member, ...amounts }) => ({ name: member.name ?? member.key ?? say("noProject"), ...amounts }))
    : lineItems.map(({ lineItem, ...amounts }) => ({ name: lineItem ?? say("noLineItem"), ...amounts }));

function drawParts(page: Page, parts: readonly Part[], own: { billed: string; charged: string }) {
  const billed = inCents(
    parts.map((part) => part.billed),
    own.billed,
  );
  const charged = inCents(
    parts.map((part) => part.shown),
    own.charged,
  );
  parts.forEach(({ name }, i) => {
    page.room(LINE, () => tableHead(page));
    row(page, { name, billed: billed[i] ?? "0.00", charged: charged[i] ?? "0.00", share: null, isBold: false });
  });
}

function drawNotes(page: Page, { totals }: Chargeback) {
  if (!totals) return;
  page.down(18);
  for (const note of ["pdf.rounding", "pdf.precedence", "pdf.markup"] as const) {
    for (const line of page.wrapped(page.say(note), { size: 8 })) {
      page.room(12, () => undefined);
      page.text(line, { size: 8, color: QUIET });
      page.down(11);
    }
  }
}

const nameOf = ({ costCenter }: ChargebackLine, unallocated: string) =>
  costCenter ? [costCenter.name, costCenter.code].filter(Boolean).join(" · ") : unallocated;

function tableHead(page: Page) {
  const style = { size: 8, color: QUIET };
  page.text(page.say("costCenter"), style);
  for (const name of ["billed", "share", "adjustment", "charged"] as const)
    page.text(page.say(name), { ...style, right: columns[name] });
  page.down(16);
  page.rule();
}

type RowCells = { name: string; billed: string; charged: string; share: number | null; isBold: boolean };

function row(page: Page, { name, billed, charged, share, isBold }: RowCells) {
  const style = { size: 9, isBold, color: isBold ? INK : QUIET };
  const x = MARGIN + (isBold ? 0 : 12);
  page.text(name, { ...style, x, width: columns.billed - 76 - x });
  page.text(page.money(billed), { ...style, right: columns.billed });
  if (share !== null) page.text(page.percent(share), { ...style, right: columns.share });
  const adjustment = subtractDecimals(charged, billed);
  if (Number(adjustment) !== 0) page.text(page.money(adjustment), { ...style, right: columns.adjustment });
  page.text(page.money(charged), { ...style, right: columns.charged });
  page.down(LINE);
}

type Style = { size: number; isBold?: boolean; color?: string; x?: number; width?: number; right?: number };

type Words = ReturnType<typeof wordsOf>;

function wordsOf(locale: Locale) {
  return createTranslator({ locale, messages: messages[locale], namespace: "chargeback" });
}

type Weight = 400 | 600;

/** A document that is filled from top to bottom. */
class Page {
  readonly context: PdfContext;
  readonly say: Words;
  readonly #document: PDFKit.PDFDocument;
  readonly #parts: Buffer[] = [];
  readonly #ended: Promise<void>;
  readonly #registered = new Set<string>();
  #y = MARGIN;

  constructor(context: PdfContext) {
    this.context = context;
    this.say = wordsOf(context.locale);
    const info = { Title: this.say("title"), Author: "Tollkeeper", CreationDate: context.generatedAt };
    this.#document = new PDFDocument({
      size: "A4",
      margin: 0,
      bufferPages: true,
      lang: context.locale,
      info,
      // The types do not know that there need not be one.
      font: null as unknown as string,
    });
    this.#document.on("data", (part: Buffer) => this.#parts.push(part));
    this.#ended = new Promise((resolve, reject) => {
      this.#document.once("end", resolve);
      this.#document.once("error", reject);
    });
  }

  down(points: number) {
    this.#y += points;
  }

  /** Begins another page where less than this is left. */
  room(points: number, onNewPage: () => void) {
    if (this.#y + points <= BOTTOM) return;
    this.#document.addPage();
    this.#y = MARGIN;
    onNewPage();
  }

  rule() {
    const y = this.#y - 3;
    this.#document.moveTo(MARGIN, y).lineTo(RIGHT, y).lineWidth(0.5).strokeColor(RULE).stroke();
    this.#y += 4;
  }

  /** One line from x on, or up to a right edge; what does not fit ends in an ellipsis. */
  text(text: string, { size, isBold = false, color = INK, x = MARGIN, width = RIGHT - x, right }: Style) {
    const weight = isBold ? 600 : 400;
    const runs = this.#fitted(text, { size, weight, width });
    const total = runs.reduce((sum, run) => sum + this.#widthOf(run, size, weight), 0);
    let at = right === undefined ? x : right - total;
    for (const run of runs) {
      this.#choose(run.font, weight).fontSize(size).fillColor(color);
      this.#document.text(run.text, at, this.#y + size, { lineBreak: false, baseline: "alphabetic" });
      at += this.#widthOf(run, size, weight);
    }
  }

  /** Lines of a paragraph as wide as the page, broken at spaces. */
  wrapped(text: string, { size }: { size: number }): string[] {
    const lines: string[] = [""];
    for (const word of text.split(" ")) {
      const longer = [lines.at(-1), word].filter(Boolean).join(" ");
      const isTooLong = this.#total(toRuns(longer, pdfFonts()), size, 400) > RIGHT - MARGIN;
      if (isTooLong) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  }

  #fitted(text: string, { size, weight, width }: { size: number; weight: Weight; width: number }): Run[] {
    const fonts = pdfFonts();
    let characters = charactersOf(text);
    let runs = toRuns(text, fonts);
    while (characters.length > 1 && this.#total(runs, size, weight) > width) {
      characters = characters.slice(0, Math.max(1, characters.length - Math.ceil(characters.length / 20)));
      runs = toRuns(`${characters.join("")}…`, fonts);
    }
    return runs;
  }

  #total = (runs: readonly Run[], size: number, weight: Weight) =>
    runs.reduce((sum, run) => sum + this.#widthOf(run, size, weight), 0);

  #widthOf(run: Run, size: number, weight: Weight): number {
    return this.#choose(run.font, weight).fontSize(size).widthOfString(run.text);
  }

  /** Fonts are read when the first character needs them: most documents need two. */
  #choose(id: string, weight: Weight): PDFKit.PDFDocument {
    const name = `${id}-${weight}`;
    if (!this.#registered.has(name)) {
      const font = pdfFonts().find((candidate) => candidate.id === id);
      if (font) this.#document.registerFont(name, font.data(weight));
      this.#registered.add(name);
    }
    return this.#document.font(name);
  }

  money = (amount: string) =>
    new Intl.NumberFormat(this.context.locale, {
      style: "currency",
      currency: "USD",
      currencyDisplay: "narrowSymbol",
    }).format(amount as unknown as number);

  percent = (share: number) =>
    new Intl.NumberFormat(this.context.locale, { style: "percent", maximumFractionDigits: 1 }).format(share);

  month = (month: string) =>
    new Intl.DateTimeFormat(this.context.locale, { year: "numeric", month: "long", timeZone: "UTC" }).format(
      new Date(`${month}-01T00:00:00Z`),
    );

  instant = (at: Date) =>
    `${new Intl.DateTimeFormat(this.context.locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;

  async finish(): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange();
    for (let index = 0; index < count; index++) {
      this.#document.switchToPage(index);
      this.#y = PAGE.height - MARGIN;
      const made = this.say("pdf.made", { time: this.instant(this.context.generatedAt) });
      this.text(made, { size: 8, color: QUIET });
      this.text(`${index + 1} / ${count}`, { size: 8, color: QUIET, right: RIGHT });
    }
    this.#document.end();
    await this.#ended;
    return Buffer.concat(this.#parts);
  }
}
