import { expect, it } from "vitest";
import { type ForecastDayInput, forecastGeometry } from "./forecast-points";

const day = (
  state: ForecastDayInput["state"],
  total: string | null,
  band: [string, string] | null = null,
): ForecastDayInput => ({
  day: "2026-05-01",
  state,
  actual: null,
  total,
  low: band?.[0] ?? null,
  high: band?.[1] ?? null,
});

it("the dashed line and the band begin where the solid line ends", () => {
  const { points, scale } = forecastGeometry([
    day("known", "10", ["10", "10"]),
    day("known", "20", ["20", "20"]),
    day("open", "30", ["28", "32"]),
    day("ahead", "40", ["35", "45"]),
  ]);
  expect(points.map(({ spent, expected, band }) => [spent, expected, band])).toEqual([
    [10, null, null],
    [20, 20, [20, 20]],
    [null, 30, [28, 32]],
    [null, 40, [35, 45]],
  ]);
  expect(scale.max).toBeGreaterThanOrEqual(45);
});

it("a day that nobody fetched is dashed, and the line goes on after it", () => {
  const { points } = forecastGeometry([day("known", "10"), day("gap", "20"), day("known", "30"), day("known", "40")]);
  expect(points.map(({ spent, expected }) => [spent, expected])).toEqual([
    [10, 10],
    [null, 20],
    [30, null],
    [40, null],
  ]);
});

it("without a forecast there is what was spent", () => {
  const { points } = forecastGeometry([day("known", "10"), day("ahead", null)]);
  expect(points.map(({ spent, expected, band }) => [spent, expected, band])).toEqual([
    [10, 10, null],
    [null, null, null],
  ]);
});
