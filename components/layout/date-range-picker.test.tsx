import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, expect, it, vi } from "vitest";
import messages from "@/messages/en.json";
import { DateRangePicker } from "./date-range-picker";

afterEach(cleanup);

function open(value = { from: "2026-03-01", to: "2026-03-07" }) {
  const onValueChange = vi.fn();
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <DateRangePicker value={value} onValueChange={onValueChange} today="2026-03-20" zone="UTC" />
    </NextIntlClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: /^Date range/ }));
  return onValueChange;
}

it("a preset gives its days", () => {
  const onValueChange = open();
  fireEvent.click(screen.getByRole("button", { name: "Last month" }));
  expect(onValueChange).toHaveBeenCalledWith({ from: "2026-02-01", to: "2026-02-28" });
});

it("a custom range is given when it is one, and explained when it is not", () => {
  const onValueChange = open();
  fireEvent.change(screen.getByLabelText("To"), { target: { value: "2026-02-01" } });
  expect(screen.getByRole("button", { name: "Apply" })).toBeDisabled();
  expect(screen.getByText(/not after the last day/)).toBeInTheDocument();
  fireEvent.change(screen.getByLabelText("To"), { target: { value: "2026-03-20" } });
  fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(onValueChange).toHaveBeenCalledWith({ from: "2026-03-01", to: "2026-03-20" });
});

it("the arrows step by the range's own length, never into the future", () => {
  const onValueChange = open({ from: "2026-03-14", to: "2026-03-20" });
  fireEvent.click(screen.getByRole("button", { name: "Earlier by the same length", hidden: true }));
  expect(onValueChange).toHaveBeenCalledWith({ from: "2026-03-07", to: "2026-03-13" });
  expect(screen.getByRole("button", { name: "Later by the same length", hidden: true })).toBeDisabled();
});
