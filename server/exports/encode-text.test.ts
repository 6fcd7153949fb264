import { describe, expect, it } from "vitest";
import { encodeCsv, encodeJson, encodeNdjson } from "@/server/exports/encode-text";
import { count, decimal, type ExportColumn, type ExportRow, text } from "@/server/exports/table";

const columns: ExportColumn[] = [
  text("name"),
  decimal("amount"),
  count("requests"),
  { name: "batch", kind: "boolean" },
];

async function* pagesOf(...pages: ExportRow[][]) {
  yield* pages;
}

const written = async (pieces: AsyncIterable<string>) => (await Array.fromAsync(pieces)).join("");
const csvOf = (...rows: ExportRow[]) => written(encodeCsv({ columns, pages: pagesOf(rows) }, false));

describe("CSV", () => {
  it("is RFC 4180: a header, CRLF, doubled quotes, nothing for what is not known", async () => {
    const csv = await csvOf(['a "b", c', "1.50", 2n, true], ["two\nlines", null, null, null]);
    expect(csv).toBe('name,amount,requests,batch\r\n"a ""b"", c",1.50,2,true\r\n"two\nlines",,,\r\n');
  });

  it.each([["=1+1"], ["+1"], ["-cmd"], ["@SUM(A1)"], ["\tx"], ["\rx"]])("makes %j harmless", async (name) => {
    const [, line = ""] = (await csvOf([name, null, null, null])).split("\r\n");
    expect(line.replace(/^"/, "").startsWith("'")).toBe(true);
  });

  it("leaves numbers as they are, negative ones, too", async () => {
    expect(await csvOf(["x", "-0.000000000000000000000000000001", 9007199254740993n, false])).toContain(
      "\r\nx,-0.000000000000000000000000000001,9007199254740993,false\r\n",
    );
  });

  it("begins with a byte order mark where one is asked for", async () => {
    expect(await written(encodeCsv({ columns, pages: pagesOf() }, true))).toBe("\uFEFFname,amount,requests,batch\r\n");
  });
});

describe("JSON", () => {
  const pages = () => pagesOf([["=x", "0.10", 9007199254740993n, null]], [], [["y", null, null, true]]);
  const lines = [
    '{"name":"=x","amount":"0.10","requests":9007199254740993,"batch":null}',
    '{"name":"y","amount":null,"requests":null,"batch":true}',
  ];

  it("is one array over all pages, with every digit", async () => {
    const json = await written(encodeJson({ columns, pages: pages() }));
    expect(json).toBe(`[\n${lines.join(",\n")}\n]\n`);
  });

  it("of no row is an empty array", async () => {
    expect(JSON.parse(await written(encodeJson({ columns, pages: pagesOf([]) })))).toEqual([]);
  });

  it("by line is the same objects", async () => {
    expect(await written(encodeNdjson({ columns, pages: pages() }))).toBe(`${lines.join("\n")}\n`);
  });
});
