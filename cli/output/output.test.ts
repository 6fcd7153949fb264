import { describe, expect, it } from "vitest";
import { describeError } from "@/cli/describe-error";
import { anomaliesToText } from "@/cli/output/anomalies";
import { toJson } from "@/server/lib/exact-json-text";
import { progressLine } from "@/cli/output/progress";
import { reportToText } from "@/cli/output/report";
import { reportToJson } from "@/server/usage/report-json";
import { renderTable } from "@/cli/output/table";
import { cutToWidth, displayWidth, printable } from "@/cli/output/width";
import type { AnomaliesResult, Anomaly } from "@/server/anomalies/schema";
import { AppError } from "@/server/lib/errors";
import type { FactsReport } from "@/server/usage/facts-report-groups";

describe("tables", () => {
  it("align text to the left, counts to the right, and points below each other", () => {
    const table = renderTable(
      [{ title: "name" }, { title: "requests", align: "count" }, { title: "amount", align: "decimal" }],
      [
        ["a", 1234567n, "1.25"],
        ["longer", 3, "-100"],
        [null, null, "0.000001"],
      ],
    );
    expect(table.split("\n")).toEqual([
      "name     requests       amount",
      "a       1,234,567     1.25",
      "longer          3  -100",
      "-               -     0.000001",
    ]);
  });

  it("hold their columns with wide letters, and cut what is too long", () => {
    const table = renderTable(
      [{ title: "user" }, { title: "n" }],
      [
        ["김서연", "1"],
        ["x".repeat(80), "2"],
      ],
    );
    const [, wide = "", long = ""] = table.split("\n");
    expect(displayWidth(wide)).toBe(displayWidth(long));
    expect(long).toContain("…");
  });

  it("no name can move the cursor, colour or turn the line", () => {
    expect(printable("a\u001B[31mred\r\nb\u202Ec\u0000")).toBe("a [31mred b c");
  });
});

it.each([
  ["abc", 3],
  ["김", 2],
  ["é", 1],
  ["👩‍💻", 2],
  ["漢字", 4],
])("%s takes %i columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

it("cutting counts columns, not letters", () => {
  expect(cutToWidth("김서연", 5)).toBe("김서…");
  expect(cutToWidth("abc", 3)).toBe("abc");
});

describe("reports", () => {
  const complete: FactsReport = {
    rows: [{ day: "2026-10-01", project_id: null, project_name: null, amount: "1.25" }],
    asOf: "2026-10-02T00:05:00.000Z",
    isComplete: true,
    missing: [],
    problems: [],
  };

  it("are JSON with the promised names", () => {
    expect(toJson(reportToJson(complete))).toBe(
      '{"rows":[{"day":"2026-10-01","project_id":null,"project_name":null,"amount":"1.25"}],"as_of":"2026-10-02T00:05:00.000Z","complete":true}',
    );
  });

  it("name what is missing and what fails", () => {
    const report: FactsReport = {
      ...complete,
      isComplete: false,
      missing: [{ from: "2026-10-03", to: "2026-10-05" }],
      problems: [{ connectionId: "c1", connectionName: "Acme", stream: "costs.project", code: "transient" }],
    };
    expect(reportToJson(report)).toMatchObject({
      complete: false,
      missing: [{ from: "2026-10-03", to: "2026-10-05" }],
      problems: [{ connection_id: "c1", connection_name: "Acme", stream: "costs.project", code: "transient" }],
    });
    expect(reportToText(report)).toContain("2026-10-03 to 2026-10-05");
    expect(reportToText(report)).toContain("costs.project of Acme (transient)");
  });

  it("show people no counts that are zero throughout, unless all are", () => {
    const rows = [
      { model: "a", input_tokens: 10n, input_audio_tokens: 0n, images: null },
      { model: "b", input_tokens: 0n, input_audio_tokens: 0n, images: null },
    ];
    const text = reportToText({ ...complete, rows });
    expect(text).toContain("input_tokens");
    expect(text).not.toContain("input_audio_tokens");
    expect(text).toContain("left out");
    expect(reportToText({ ...complete, rows: [{ model: "a", input_tokens: 0n }] })).toContain("input_tokens");
  });

  it("say so when there is nothing", () => {
    expect(reportToText({ ...complete, rows: [] })).toMatch(/^Nothing in this range\.\n/);
  });
});

it("integers keep every digit in JSON", () => {
  expect(toJson({ usage_bytes: 9007199254740993n, n: 1 })).toBe('{"usage_bytes":9007199254740993,"n":1}');
});

describe("errors", () => {
  it("are the verb's sentence", () => {
    const error = new AppError("not_found", "not_found", { message: "No such organization." });
    expect(describeError(error)).toEqual({ code: "not_found", message: "No such organization." });
  });

  it("that nobody expected are one line without secrets", () => {
    const error = new Error(
      "connect failed: postgresql://app:s3cret@db:5432/x with sk-admin-abcdefgh\n    at somewhere (file.ts:1)",
    );
    const { message } = describeError(error);
    expect(message).not.toMatch(/s3cret|abcdefgh|\n/);
    expect(message).toContain("connect failed");
  });

  it("of the database client are told by their cause", () => {
    const error = new Error("\nInvalid `prisma.user.findFirst()` invocation:\n\n\nThe database is not there.");
    expect(describeError(error).message).toBe("It failed unexpectedly: The database is not there.");
  });
});

describe("anomalies", () => {
  const range = { from: "2026-10-05", to: "2026-10-07" };
  const anomaly = (differing: Pick<Anomaly, "direction" | "amount" | "expected" | "excess">): Anomaly => ({
    ...differing,
    ...{ dimension: "total", key: "", day: range.from, label: null, range, days: [], causes: [], dismissal: null },
    isOngoing: false,
    stoppedOn: null,
  });
  const result: AnomaliesResult = {
    range,
    anomalies: [
      anomaly({ direction: "rise", amount: "1800.5", expected: "80.5", excess: "1720" }),
      anomaly({ direction: "fall", amount: "20", expected: "161.25", excess: "-141.25" }),
    ],
    historyDays: 60,
    freshness: { state: "empty", asOf: null, missing: [], missingStreams: [], problems: [], sample: "none" },
  };

  it("say with a sign whether it is over or under the expected", () => {
    expect(anomaliesToText(result).split("\n").slice(0, 3)).toEqual([
      "first day   last day    what       amount  against expected  because of  dismissed",
      "2026-10-05  2026-10-06  all spend  1800.5          +1720                 -",
      "2026-10-05  2026-10-06  all spend    20             -141.25              -",
    ]);
  });
});

describe("progress", () => {
  function recorder(isTTY: boolean) {
    let written = "";
    let now = 0;
    const line = progressLine({ isTTY, write: (text) => (written += text) }, () => now);
    return { line, later: (ms: number) => (now += ms), written: () => written };
  }

  it("is one line that is written over at a terminal, and gone in the end", () => {
    const { line, written } = recorder(true);
    line.show("1 of 2");
    line.show("1 of 2");
    line.show("2 of 2");
    line.clear();
    expect(written()).toBe("\r\u001B[2K1 of 2\r\u001B[2K2 of 2\r\u001B[2K");
  });

  it("is a line now and then in a log", () => {
    const { line, later, written } = recorder(false);
    line.show("1");
    later(1_000);
    line.show("2");
    later(5_000);
    line.show("3");
    expect(written()).toBe("1\n3\n");
  });
});
