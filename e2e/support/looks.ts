import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { baseURL } from "./installation";
import { expect } from "./test";
import { english, korean, sentences } from "./words";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** Nothing that axe would call a barrier, in either theme; each is reported with its rule and the element it is about. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // There are no frames, and so no need for the slower way that looks into them.
  const axe = () => new AxeBuilder({ page }).setLegacyMode(true);
  await page.emulateMedia({ colorScheme: "light" });
  await expectNone(axe().withTags(STANDARDS), `${where} light`);
  // Themes differ in colours only.
  await page.emulateMedia({ colorScheme: "dark" });
  await expectNone(axe().withRules(["color-contrast"]), `${where} dark`);
}

async function expectNone(axe: AxeBuilder, where: string): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  );
  expect(found, where).toEqual([]);
}

/** Wide things scroll in their own places; the document never does sideways. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(excess, where).toBe(0);
}

/**
 * What the browser complains about from now on: errors of scripts and of the console, files that could not be loaded.
 * @param options.except a path that is meant not to be there
 * @returns a list that grows
 */
export function collectComplaints(page: Page, { except }: { except?: string } = {}): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && url !== `${baseURL}${except}`) complaints.push(`${message.text()} (${url})`);
  });
  return complaints;
}

/** @returns sentences that the product says in English on this page, dates in English, and names of missing sentences */
export async function englishOn(page: Page): Promise<string[]> {
  const texts = await page.evaluate(textsOfDocument);
  return texts.filter((text) => isEnglish(text));
}

const spelled = sentences(korean);
const patterns = [...sentences(english)]
  .filter(([key, sentence]) => sentence !== spelled.get(key))
  .map(([, sentence]) => patternOf(sentence))
  .filter((pattern) => pattern !== null);

/** Where values stand in a sentence anything may stand; sentences that inflect or hold links are left out. */
function patternOf(sentence: string): RegExp | null {
  if (/[<>]|, (plural|number)/.test(sentence)) return null;
  const parts = sentence.split(/\{\w+\}/);
  if (parts.join("").replaceAll(/[^A-Za-z]/g, "").length < 3) return null;
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".+")}$`);
}

const englishDate =
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d|\b(seconds?|minutes?|hours?|days?) ago\b/;
const missingSentence = new RegExp(`^(${Object.keys(english).join("|")})(\\.\\w+)+$`);

const isEnglish = (text: string) =>
  missingSentence.test(text) || englishDate.test(text) || patterns.some((pattern) => pattern.test(text));

/** In the page: all that can be read on it or is read out. */
function textsOfDocument(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [document.title];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement?.closest("script, style")) texts.push(node.textContent ?? "");
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) texts.push(element.getAttribute(name) ?? "");
  }
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== "");
}
