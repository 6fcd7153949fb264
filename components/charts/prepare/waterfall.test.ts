import { expect, it } from "vitest";
import { prepareWaterfall } from "./waterfall";

const step = (key: string, amount: string) => ({ key, amount });

it("each bar begins where the one before ended", () => {
  const { bars, isCut } = prepareWaterfall(
    step("before", "50"),
    [step("up", "50"), step("down", "-25"), step("none", "0")],
    step("after", "75"),
  );
  expect(bars.map(({ key, kind, startPercent, widthPercent }) => [key, kind, startPercent, widthPercent])).toEqual([
    ["before", "level", 0, 50],
    ["up", "up", 50, 50],
    ["down", "down", 75, 25],
    ["none", "none", 75, 0],
    ["after", "level", 0, 75],
  ]);
  expect(isCut).toBe(false);
});

it("amounts below zero have room to the left of it", () => {
  const { bars } = prepareWaterfall(step("before", "-20"), [step("up", "100")], step("after", "80"));
  expect(bars.map(({ startPercent, widthPercent }) => [startPercent, widthPercent])).toEqual([
    [0, 20],
    [0, 100],
    [20, 80],
  ]);
});

it("small steps of large amounts are drawn closer, without zero", () => {
  const { bars, isCut } = prepareWaterfall(
    step("before", "1000"),
    [step("up", "20"), step("down", "-10")],
    step("after", "1010"),
  );
  expect(isCut).toBe(true);
  expect(bars.map(({ startPercent, widthPercent }) => [startPercent, widthPercent])).toEqual([
    [0, 50],
    [50, 50],
    [75, 25],
    [0, 75],
  ]);
});

it("nothing at all has no bars", () => {
  const { bars } = prepareWaterfall(step("before", "0"), [], step("after", "0"));
  expect(bars.map(({ widthPercent }) => widthPercent)).toEqual([0, 0]);
});
