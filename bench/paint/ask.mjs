/** What Explore can be grouped by: each is another question, so that none is answered from memory. */
export const groups = ["Model", "API key", "Person", "Line item", "Token type", "Model family", "Nothing"];

/** Nothing more is drawn after so long. */
const STILL_MS = 400;

/**
 * Opens a view of Explore in a new context and groups it by one thing after the other.
 * @param {import("@playwright/test").Browser} browser
 * @param {{ url: string, state: object, asked: readonly string[] }} page
 * @returns {Promise<{ answeredMs: number, paintedMs: number, sinceChosenMs: number }[]>} milliseconds from the request until its
 * answer was read and until the chart's last change was painted, and from the choice until then
 */
export async function askAll(browser, { url, state, asked }) {
  const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchCharts);
  await page.goto(url);
  await page.locator(".recharts-surface path").first().waitFor();
  await untilDrawn(page, 0);
  const answers = [];
  for (const group of asked) {
    await page.getByRole("combobox", { name: /^Group by/ }).click();
    await page.getByRole("option", { name: group, exact: true }).click();
    await untilDrawn(page, answers.length + 1);
    answers.push(await page.evaluate(readTimes));
  }
  await context.close();
  return answers;
}

/** In the page: marks every frame in which something of a chart was changed, once it is painted, and every press. */
function watchCharts() {
  const painted = new MessageChannel();
  painted.port1.onmessage = () => performance.mark("chart-painted");
  const isOfChart = ({ target }) => target instanceof Element && target.closest(".recharts-wrapper") !== null;
  new MutationObserver((changes) => {
    // A message that is sent in a frame arrives when the frame has been painted.
    if (changes.some(isOfChart)) requestAnimationFrame(() => painted.port2.postMessage(null));
  }).observe(document, { subtree: true, childList: true, attributes: true });
  document.addEventListener("pointerup", () => performance.mark("chosen"), { capture: true });
}

/** Until so many answers were read, the last one is drawn, and nothing moves any more. */
const untilDrawn = (page, count) =>
  page.waitForFunction(
    ({ count, still }) => {
      const answers = performance.getEntriesByType("resource").filter(({ name }) => name.includes("explore.query"));
      const painted = performance.getEntriesByName("chart-painted").at(-1)?.startTime ?? 0;
      const isDrawn = painted > (answers.at(-1)?.responseEnd ?? 0) && performance.now() - painted > still;
      return answers.length >= count && isDrawn;
    },
    { count, still: STILL_MS },
  );

/** In the page: the last answer's times. */
function readTimes() {
  const request = performance.getEntriesByType("resource").findLast(({ name }) => name.includes("explore.query"));
  const painted = performance.getEntriesByName("chart-painted").at(-1);
  const chosen = performance.getEntriesByName("chosen").at(-1);
  if (!request || !painted || !chosen) throw new Error("no chart was painted for this answer");
  return {
    answeredMs: request.responseEnd - request.startTime,
    paintedMs: painted.startTime - request.startTime,
    sinceChosenMs: painted.startTime - chosen.startTime,
  };
}
