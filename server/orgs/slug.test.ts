import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OrgSlug, reservedSlugs } from "@/server/orgs/schema";
import { slugify } from "@/server/orgs/slug";

describe("the slug of a name", () => {
  it.each([
    ["Acme Robotics, Inc.", "acme-robotics-inc"],
    ["Café Zürich", "cafe-zurich"],
    ["삼성", "org"],
    ["!!!", "org"],
    ["API", "api-org"],
    ["a".repeat(80), "a".repeat(48)],
  ])("of %j is %j", (name, slug) => expect(slugify(name)).toBe(slug));

  it("is always valid and never one of the application's own paths", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 90 }), (name) => {
        const slug = slugify(name);
        expect(OrgSlug.safeParse(slug).success, slug).toBe(true);
        expect(reservedSlugs.has(slug)).toBe(false);
      }),
    );
  });
});
