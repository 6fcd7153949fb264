import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { push } from "@/components/testing/navigation";
import messages from "@/messages/en.json";
import { DataTable } from "./data-table";
import type { DataColumn, DataTableProps } from "./types";

type Row = { id: string; name: string; usd: string | null };
const rows: Row[] = [
  { id: "1", name: "Billing bot", usd: "9.5" },
  { id: "2", name: "Assistant", usd: "120.25" },
  { id: "3", name: "Crawler", usd: null },
];
const columns: DataColumn<Row>[] = [
  { id: "name", header: "Name", value: (row) => row.name, isHideable: false },
  { id: "usd", header: "Cost", kind: "money", value: (row) => row.usd, total: "129.75" },
];

function renderTable(overrides: Partial<DataTableProps<Row>> = {}) {
  return render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <DataTable label="Projects" columns={columns} rows={rows} rowKey={(row) => row.id} {...overrides} />
    </NextIntlClientProvider>,
  );
}

const names = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[0]?.textContent);
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

afterEach(cleanup);
beforeEach(() => {
  push.mockClear();
  localStorage.clear();
});

describe("sorting", () => {
  it("money sorts by amount, largest first, and unknown stays last both ways", () => {
    renderTable();
    press("Cost");
    expect(names()).toEqual(["Assistant", "Billing bot", "Crawler"]);
    expect(screen.getByRole("columnheader", { name: /Cost/ })).toHaveAttribute("aria-sort", "descending");
    press("Cost");
    expect(names()).toEqual(["Billing bot", "Assistant", "Crawler"]);
    press("Cost");
    expect(names()).toEqual(["Billing bot", "Assistant", "Crawler"]);
    expect(screen.getByRole("columnheader", { name: /Cost/ })).not.toHaveAttribute("aria-sort");
  });

  it("a controlled sort reports the wish and waits for the new value", () => {
    const onSortChange = vi.fn();
    renderTable({ sort: { columnId: "usd", isDescending: true }, onSortChange });
    press("Name");
    expect(onSortChange).toHaveBeenCalledWith({ columnId: "name", isDescending: false });
    expect(names()[0]).toBe("Assistant");
  });
});

it("the search keeps matching rows and says when none match", async () => {
  renderTable();
  const search = screen.getByRole("searchbox", { name: "Search Projects" });
  fireEvent.change(search, { target: { value: "BOT" } });
  expect(await screen.findByText("1 of 3 rows")).toBeInTheDocument();
  expect(names()).toEqual(["Billing bot"]);
  fireEvent.change(search, { target: { value: "zzz" } });
  expect(await screen.findByText(/No row matches/)).toBeInTheDocument();
});

describe("keyboard", () => {
  it("rows are links, and arrows, Home and End walk them", () => {
    renderTable({ rowHref: (row) => `/acme/projects/${row.id}` });
    const links = screen.getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual(rows.map((row) => `/acme/projects/${row.id}`));
    links[0]?.focus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "ArrowDown" });
    expect(links[1]).toHaveFocus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "End" });
    expect(links[2]).toHaveFocus();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Home" });
    expect(links[0]).toHaveFocus();
  });

  it("a row that opens in place has a button, and a click anywhere in the row does the same once", () => {
    const onRowOpen = vi.fn();
    renderTable({ onRowOpen });
    fireEvent.click(screen.getByRole("button", { name: "Assistant" }));
    fireEvent.click(screen.getByText("$120.25"));
    expect(onRowOpen).toHaveBeenCalledTimes(2);
    expect(onRowOpen).toHaveBeenLastCalledWith(rows[1]);
  });
});

it("a click on the row follows it, a click on its actions does not", () => {
  renderTable({
    rowHref: (row) => `/p/${row.id}`,
    rowActions: (row) => <button type="button">{`Delete ${row.name}`}</button>,
  });
  press("Delete Assistant");
  expect(push).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText("$120.25"));
  expect(push).toHaveBeenCalledWith("/p/2");
});

it("the totals row shows the figure given, and unknown is a mark", () => {
  renderTable({ hasTotals: true });
  expect(screen.getByText("$129.75")).toBeInTheDocument();
  expect(screen.getByText("Not known")).toBeInTheDocument();
  expect(screen.queryByText("$0.00")).not.toBeInTheDocument();
});

it("selecting all selects the rows that match", () => {
  const onSelectedChange = vi.fn();
  renderTable({ selection: { selected: new Set(["1"]), onSelectedChange } });
  fireEvent.click(screen.getByRole("checkbox", { name: "Select all rows" }));
  expect(onSelectedChange).toHaveBeenCalledWith(new Set(["1", "2", "3"]));
});

it("the choice of columns is remembered under the table's name, and nonsense there is ignored", () => {
  localStorage.setItem("tollkeeper.columns.projects", JSON.stringify({ usd: false, name: "x" }));
  renderTable({ rememberAs: "projects" });
  expect(screen.queryByRole("columnheader", { name: "Cost" })).not.toBeInTheDocument();
  expect(screen.getByRole("columnheader", { name: "Name" })).toBeInTheDocument();
  cleanup();
  localStorage.setItem("tollkeeper.columns.projects", "not json");
  renderTable({ rememberAs: "projects" });
  expect(screen.getByRole("columnheader", { name: "Cost" })).toBeInTheDocument();
});
