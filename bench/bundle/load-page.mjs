/** Longer than anything that loads by itself once a page is there. */
const QUIET_MS = 4_000;

/** Stands once in every copy of the library, in each of its versions. */
const RECHARTS = /["']recharts-surface["']/g;

/**
 * Loads one page in a new context and adds up its scripts: those that its HTML names, those that it asks for once it
 * runs, and those that its links fetch ahead of a click.
 * @param {import("@playwright/test").Browser} browser
 * @param {{ url: string, state: object | undefined }} page
 */
export async function loadPage(browser, { url, state }) {
  const own = await scriptsOf(browser, { url, state, isFetchingAhead: false });
  const all = await scriptsOf(browser, { url, state, isFetchingAhead: true });
  const atOnce = own.filter(({ isNamed }) => isNamed);
  return {
    "kB gzip": sum(atOnce, "sent"),
    "kB raw": sum(atOnce, "raw"),
    "later kB gzip": sum(own, "sent") - sum(atOnce, "sent"),
    "links kB gzip": sum(all, "sent") - sum(own, "sent"),
    scripts: own.length,
    "copies of recharts": own.reduce((count, { text }) => count + (text.match(RECHARTS)?.length ?? 0), 0),
  };
}

async function scriptsOf(browser, { url, state, isFetchingAhead }) {
  const context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  if (!isFetchingAhead) {
    await page.route(
      (address) => address.searchParams.has("_rsc"),
      (route) => (route.request().headers()["next-router-prefetch"] ? route.abort() : route.continue()),
    );
  }
  const responses = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") responses.push(response);
  });
  const document = await page.goto(url, { waitUntil: "load" });
  const html = await document.text();
  for (let seen = -1; seen !== responses.length; ) {
    seen = responses.length;
    await page.waitForTimeout(QUIET_MS);
  }
  const scripts = await Promise.all(
    responses.map(async (response) => {
      const body = await response.body();
      const { responseBodySize } = await response.request().sizes();
      const isNamed = html.includes(new URL(response.url()).pathname);
      return { raw: body.length, sent: responseBodySize, text: body.toString(), isNamed };
    }),
  );
  await context.close();
  return scripts;
}

/** In kB. */
const sum = (scripts, size) => Math.round(scripts.reduce((total, script) => total + script[size], 0) / 1000);
