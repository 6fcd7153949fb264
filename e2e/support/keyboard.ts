import { expect, type Locator, type Page } from "@playwright/test";

const MAX_STOPS = 90;

/** Presses Tab until `target` has the focus, and makes sure that this can be seen. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MAX_STOPS; stops++) {
    await page.keyboard.press("Tab");
    if (await hasFocus(target)) return expectVisibleFocus(page);
  }
  throw new Error(`Tab does not lead to ${target}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement);
}

/** One stop of the keyboard: what it is, and whether its outline can be seen. */
export type Stop = { name: string; isVisible: boolean };

export const currentStop = (page: Page): Promise<Stop> => page.evaluate(describeFocus);

export async function expectVisibleFocus(page: Page): Promise<void> {
  const { name, isVisible } = await currentStop(page);
  expect(isVisible, `the focus on ${name} is seen`).toBe(true);
}

/** In the page. Outlines are drawn by the element with the focus or, for fields, as a shadow round them. */
function describeFocus(): Stop {
  const element = document.activeElement ?? document.body;
  const label = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
  const { width, height } = element.getBoundingClientRect();
  const isOutlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor);
  const isRinged = /(?:[1-9]\d*(?:\.\d+)?px)\s*(?:,|$)/.test(boxShadow);
  return {
    name: `${element.tagName.toLowerCase()} ${label.slice(0, 60)}`,
    isVisible: width > 1 && height > 1 && (isOutlined || isRinged),
  };
}
