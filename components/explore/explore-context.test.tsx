import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { createTRPCClient } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { NextIntlClientProvider } from "next-intl";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it } from "vitest";
import { ExploreProvider, useAnswered, useExplore } from "@/components/explore/explore-context";
import { TRPCProvider } from "@/components/lib/trpc";
import { OrgProvider } from "@/components/orgs/org-context";
import type { OrgDetail } from "@/components/orgs/types";
import { UsageRangeProvider } from "@/components/usage/range-context";
import type { ExploreQuery } from "@/server/explore/schema";
import type { AppRouter } from "@/server/trpc/root";

const org = { slug: "acme", timezone: "UTC", permissions: [] } as Partial<OrgDetail> as OrgDetail;

/** The page's question with what it asks the server, which never answers, and what can be done to it. */
function open() {
  const asked: ExploreQuery[] = [];
  const client = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable(() => void asked.push((op.input as { query: ExploreQuery }).query)),
    ],
  });
  const queryClient = new QueryClient();
  const seen: { explore?: ReturnType<typeof useExplore>; answered?: ReturnType<typeof useAnswered> } = {};
  let drawn = 0;
  function Controls() {
    seen.explore = useExplore();
    return null;
  }
  function Answer() {
    seen.answered = useAnswered();
    drawn += 1;
    return null;
  }
  render(
    <NextIntlClientProvider locale="en" messages={{}}>
      <NuqsTestingAdapter hasMemory>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={client} queryClient={queryClient}>
            <OrgProvider org={org}>
              <UsageRangeProvider today="2026-11-21">
                <ExploreProvider>
                  <Controls />
                  <Answer />
                </ExploreProvider>
              </UsageRangeProvider>
            </OrgProvider>
          </TRPCProvider>
        </QueryClientProvider>
      </NuqsTestingAdapter>
    </NextIntlClientProvider>,
  );
  return { asked, seen, drawn: () => drawn };
}

afterEach(cleanup);

it("a question is sent at once, before anything is drawn anew", () => {
  const { asked, seen, drawn } = open();
  const before = drawn();
  act(() => {
    seen.explore?.change({ group: ["model"] });
    expect(asked).toMatchObject([{ groupBy: ["model"] }]);
    expect(drawn()).toBe(before);
  });
  expect(seen.explore?.selected.query.groupBy).toEqual(["model"]);
});

it("all filters of a group are added by one question, and each stands once", () => {
  const { asked, seen } = open();
  const [project, model] = [
    { dimension: "project", op: "in", values: ["proj_a"] } as const,
    { dimension: "model", op: "in", values: ["luna"] } as const,
  ].map((filter) => ({ ...filter, values: [...filter.values] }));
  if (!project || !model) throw new Error("two filters");
  act(() => seen.answered?.addFilters([project, model]));
  act(() => seen.answered?.addFilters([project]));
  expect(asked.map(({ filters }) => filters)).toEqual([
    [project, model],
    [model, project],
  ]);
  act(() => seen.explore?.removeFilter(model));
  expect(seen.explore?.selected.query.filters).toEqual([project]);
});
