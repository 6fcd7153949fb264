import { QueryClient, QueryClientProvider, useSuspenseQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import messages from "@/messages/en.json";
import { QueryBoundary } from "./query-boundary";

const load = vi.fn<(range: string) => Promise<string>>();
const failure = Object.assign(new Error("boom"), { data: { reason: "internal", requestId: "req-1" } });

function Figures({ range }: { range: string }) {
  return useSuspenseQuery({ queryKey: [range], queryFn: () => load(range), retry: false }).data;
}

const page = (client: QueryClient, range: string) => (
  <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
    <QueryClientProvider client={client}>
      <QueryBoundary fallback="loading" resetKey={range}>
        <Figures range={range} />
      </QueryBoundary>
    </QueryClientProvider>
  </NextIntlClientProvider>
);

beforeEach(() => {
  load.mockReset();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it("a failure says what to pass on, and trying again brings the figures", async () => {
  load.mockRejectedValueOnce(failure).mockResolvedValue("figures");
  render(page(new QueryClient(), "a"));
  expect(await screen.findByText(/req-1/)).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("figures")).toBeInTheDocument();
});

it("another range is another attempt, and one attempt only", async () => {
  load.mockRejectedValue(failure);
  const client = new QueryClient();
  const { rerender } = render(page(client, "a"));
  await screen.findByRole("alert");
  load.mockResolvedValueOnce("of b");
  rerender(page(client, "b"));
  expect(await screen.findByText("of b")).toBeInTheDocument();
  rerender(page(client, "c"));
  await screen.findByRole("alert");
  expect(load.mock.calls).toEqual([["a"], ["b"], ["c"]]);
});
