import { describe, expect, it } from "vitest";
import { rolePermissions } from "@/server/auth/permissions";
import { orgNav } from "./org-nav";

const words = { page: (name: string) => name, heading: (name: string) => name };
const labels = (permissions: Parameters<typeof orgNav>[1]) =>
  orgNav("acme", permissions, words).flatMap(({ items }) => items.map(({ label }) => label));

describe("orgNav", () => {
  it("leads into the organization of the URL", () => {
    const [first] = orgNav("acme", ["usage:read"], words);
    expect(first?.items[0]?.href).toBe("/acme/overview");
  });

  it("leaves out pages that a role may not see, and groups that have none left", () => {
    expect(labels(["org:read"])).toEqual(["organization"]);
    expect(labels(["usage:read"])).not.toContain("connections");
    expect(orgNav("acme", ["members:read"], words)).toHaveLength(1);
    expect(orgNav("acme", [], words)).toEqual([]);
  });

  it("shows tokens and the audit log to those alone who may read them", () => {
    expect(labels(rolePermissions.admin)).toEqual(expect.arrayContaining(["tokens", "audit"]));
    expect(labels(rolePermissions.reader)).not.toContain("tokens");
    expect(labels(rolePermissions.reader)).not.toContain("audit");
  });
});
