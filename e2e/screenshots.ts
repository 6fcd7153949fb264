/**
 * Makes the pictures of README from the sample organization of a running Tollkeeper:
 * `E2E_PORT=3000 tsx e2e/screenshots.ts`. They are taken when everything has been fetched, which takes minutes.
 */
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, request as http } from "@playwright/test";
import { prepare } from "./support/api";
import { untilSynced } from "./support/connections";
import { baseURL } from "./support/installation";
import { createOrg, newPerson, signIn } from "./support/people";

const FULL_SYNC_MS = 600_000;

const pictures = [
  { file: "overview-light.png", colorScheme: "light", viewport: { width: 1440, height: 1024 } },
  { file: "overview-dark.png", colorScheme: "dark", viewport: { width: 1440, height: 1024 } },
  { file: "overview-phone.png", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

/** Somebody with a fully fetched sample. @returns the cookies of their session and where to look */
async function prepareSample() {
  const request = await http.newContext({ baseURL });
  const person = { ...newPerson(), name: "Ada Park" };
  await prepare(request, "auth.signUp", person);
  await signIn(request, person);
  const org = await createOrg(request, "Acme Robotics");
  const connection = await prepare<{ id: string; runId: string }>(request, "connections.createSample", { org });
  await untilSynced(request, { org, ...connection, timeoutMs: FULL_SYNC_MS });
  return { org, storageState: await request.storageState() };
}

type Shot = { path: string; url: string; options: BrowserContextOptions };

async function take(browser: Browser, { path, url, options }: Shot) {
  const context = await browser.newContext({ ...options, baseURL, locale: "en-US", timezoneId: "UTC" });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("heading", { name: "Top models" }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path, animations: "disabled" });
  await context.close();
}

const { org, storageState } = await prepareSample();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ["--no-sandbox"] });
for (const { file, colorScheme, viewport } of pictures) {
  const path = fileURLToPath(new URL(`../public/docs/${file}`, import.meta.url));
  const options = { storageState, colorScheme, viewport, deviceScaleFactor: 2 };
  await take(browser, { path, url: `/${org}/overview`, options });
  console.log(path);
}
await browser.close();
