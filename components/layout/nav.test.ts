import { expect, it } from "vitest";
import { isActivePath } from "./nav";

it.each([
  [{ href: "/acme/projects" }, "/acme/projects", true],
  [{ href: "/acme/projects" }, "/acme/projects/p1", true],
  [{ href: "/acme/projects" }, "/acme/projects-archive", false],
  [{ href: "/acme/settings", isExact: true }, "/acme/settings/team", false],
])("%o on %s is active: %s", (item, path, active) => {
  expect(isActivePath(item, path)).toBe(active);
});
