import { describe, expect, it } from "vitest";
import { parseAddresses } from "./parse-addresses";

describe("parseAddresses", () => {
  it.each([
    ["one", "ada@example.com", ["ada@example.com"]],
    ["several on a line", "a@x.com, b@x.com;c@x.com\td@x.com", ["a@x.com", "b@x.com", "c@x.com", "d@x.com"]],
    ["lines of any system", "a@x.com\r\nb@x.com\n\nc@x.com\r", ["a@x.com", "b@x.com", "c@x.com"]],
    ["names with addresses", 'Ada Lovelace <ada@x.com>, "Hopper, Grace" <grace@x.com>', ["ada@x.com", "grace@x.com"]],
    [
      "a CSV file with a header",
      'E-mail,Name,Team\n"ada@x.com","Ada",Core\ngrace@x.com,Grace,',
      ["ada@x.com", "grace@x.com"],
    ],
    ["addresses twice", "a@x.com\na@x.com", ["a@x.com"]],
    ["what is no address", "a@x.com\nAda Lovelace\nb@", ["a@x.com", "Ada Lovelace", "b@"]],
    ["a word that only begins like a header, later on", "a@x.com\nemail", ["a@x.com", "email"]],
    ["nothing", " \n, ;\n", []],
  ])("reads %s", (_name, text, addresses) => expect(parseAddresses(text)).toEqual(addresses));
});
