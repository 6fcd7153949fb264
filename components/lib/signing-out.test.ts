import { expect, it } from "vitest";
import { isSigningOut, whileSigningOut } from "./signing-out";

it("who could not be signed out is still told when a session ends", async () => {
  const attempt = whileSigningOut(() => Promise.reject(new Error("offline")));
  expect(isSigningOut()).toBe(true);
  await expect(attempt).rejects.toThrow("offline");
  expect(isSigningOut()).toBe(false);
});

it("from asking to be signed out until the next page is there, refusals are no news", async () => {
  await whileSigningOut(() => Promise.resolve());
  expect(isSigningOut()).toBe(true);
});
