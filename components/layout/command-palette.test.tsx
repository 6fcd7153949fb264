import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import messages from "@/messages/en.json";
import { CommandPalette } from "./command-palette";

beforeAll(() => {
  // What jsdom lacks of a browser.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = () => undefined;
});

afterEach(cleanup);

const groups = [
  {
    heading: "Pages",
    items: [
      // The letters of "dark" stand in this order in the address, and not in what is read.
      { id: "/sample-1d25/chargeback", label: "Chargeback", hint: "Finance", href: "/sample-1d25/chargeback" },
      { id: "/sample-1d25/explore", label: "Explore", keywords: ["questions"], href: "/sample-1d25/explore" },
    ],
  },
  { heading: "Actions", items: [{ id: "theme:dark", label: "Dark", onSelect: () => undefined }] },
];

function search(text: string) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <CommandPalette groups={groups} open onOpenChange={() => undefined} />
    </NextIntlClientProvider>,
  );
  fireEvent.change(screen.getByRole("combobox"), { target: { value: text } });
  return screen.queryAllByRole("option").map((option) => option.textContent);
}

it.each([
  ["dark", ["Dark"]],
  ["chrg", ["ChargebackFinance"]],
  ["finance", ["ChargebackFinance"]],
  ["charge fin", ["ChargebackFinance"]],
  ["questions", ["Explore"]],
  ["1d25", []],
])("%s finds what reads so", (text, found) => {
  expect(search(text)).toEqual(found);
});
