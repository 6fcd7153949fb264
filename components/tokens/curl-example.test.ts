import { describe, expect, it } from "vitest";
import { tokenScopes } from "@/server/tokens/schema";
import { curlExample } from "./curl-example";

const example = (scopes: Parameters<typeof curlExample>[0]["scopes"]) =>
  curlExample({ token: "tollkeeper_x", scopes, origin: "https://toll.example", today: "2026-11-21" });

describe("the example for a shell", () => {
  it("asks for a week's costs where the token may", () => {
    expect(example(["audit:read", "usage:read"])).toBe(
      "TOKEN='tollkeeper_x'\n" +
        `curl -H "Authorization: Bearer $TOKEN" 'https://toll.example/api/v1/costs?from=2026-11-14&to=2026-11-21&group_by=project'`,
    );
  });

  it("changes something only where the token may do nothing else", () => {
    expect(example(["sync:run"])).toContain("-X POST");
    expect(example(["sync:run", "members:read"])).toContain("/api/v1/members'");
  });

  it.each(tokenScopes)("there is one for %s", (scope) => expect(example([scope])).toContain("/api/v1/"));
});
