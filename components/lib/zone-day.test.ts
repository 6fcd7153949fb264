import { describe, expect, it } from "vitest";
import { startOfDay } from "./zone-day";

describe("a day begins", () => {
  it.each([
    ["UTC", "2026-11-21", "2026-11-21T00:00:00.000Z"],
    ["Asia/Seoul", "2026-11-21", "2026-11-20T15:00:00.000Z"],
    ["Asia/Kathmandu", "2026-11-21", "2026-11-20T18:15:00.000Z"],
    ["Pacific/Kiritimati", "2026-11-21", "2026-11-20T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-11-21", "2026-11-21T11:00:00.000Z"],
    // Clocks go forward on the day, and back.
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00.000Z"],
    ["America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z"],
    // There was no midnight, and no such day.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"],
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"],
  ])("in %s on %s at %s", (timeZone, day, instant) => expect(startOfDay(day, timeZone)).toBe(instant));

  it("nowhere when there is no such day", () => {
    expect(() => startOfDay("2026-02-30", "UTC")).toThrow(RangeError);
  });
});
