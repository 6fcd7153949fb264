import { expect, it } from "vitest";
import { toCsv } from "./csv";
import { fileSlug } from "./download";

it("quotes what RFC 4180 asks for, ends lines with CRLF and starts with a byte order mark", () => {
  expect(
    toCsv([
      ["a", 'say "hi"'],
      ["x,y", "two\nlines"],
      [null, 0],
    ]),
  ).toBe('\uFEFFa,"say ""hi"""\r\n"x,y","two\nlines"\r\n,0\r\n');
});

it.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1+2", "'+1+2"],
  ["-2+3", "'-2+3"],
  ["@cmd", "'@cmd"],
])("text %s cannot run as a formula", (cell, written) => {
  expect(toCsv([[cell]])).toBe(`\uFEFF${written}\r\n`);
});

it.each([" =1", "\t=1"])("leading white space does not hide a formula", (cell) => {
  expect(toCsv([[cell]])).toBe(`\uFEFF'${cell}\r\n`);
});

it("negative amounts stay numbers", () => {
  expect(toCsv([["-12.5000"]])).toBe("\uFEFF-12.5000\r\n");
});

it("file names keep letters of any script", () => {
  expect(fileSlug("Spend by project: Nov 1 – 20")).toBe("spend-by-project-nov-1-20");
  expect(fileSlug("프로젝트별 비용")).toBe("프로젝트별-비용");
  expect(fileSlug("///")).toBe("export");
});
