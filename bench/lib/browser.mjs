import { chromium } from "@playwright/test";
import { findBrowser } from "../../scripts/lib/test/system-packages.mjs";

/**
 * The browser of the tests, closed at the end.
 * @param {(undo: () => unknown) => void} defer
 */
export async function openBrowser(defer) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  defer(() => browser.close());
  return browser;
}
