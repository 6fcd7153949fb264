import { afterEach, beforeEach, expect, it, vi } from "vitest";

const assign = vi.fn<(address: string) => void>();

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("window", { location: { pathname: "/acme/explore", search: "?by=hour", assign } });
});

afterEach(() => {
  vi.unstubAllGlobals();
  assign.mockClear();
});

const refused = (reason: string) => Object.assign(new Error(reason), { data: { httpStatus: 401, reason } });

/** Modules of their own, as a page that was just loaded has them. */
async function askAndBeRefused(reason: string, before: (signingOut: typeof import("./signing-out")) => unknown) {
  const [{ makeQueryClient }, signingOut] = await Promise.all([import("./query-client"), import("./signing-out")]);
  await before(signingOut);
  const asked = makeQueryClient().fetchQuery({ queryKey: ["any"], queryFn: () => Promise.reject(refused(reason)) });
  await expect(asked).rejects.toThrow(reason);
}

it.each([
  ["signed_out", ["/sign-in?callbackUrl=%2Facme%2Fexplore%3Fby%3Dhour"]],
  ["two_factor_required", ["/account/security/two-factor?callbackUrl=%2Facme%2Fexplore%3Fby%3Dhour"]],
  ["not_found", []],
])("a refusal %s leads to %j", async (reason, addresses) => {
  await askAndBeRefused(reason, () => undefined);
  expect(assign.mock.calls.flat()).toEqual(addresses);
});

it("who asked to be signed out is led nowhere else", async () => {
  await askAndBeRefused("signed_out", ({ whileSigningOut }) => whileSigningOut(() => Promise.resolve()));
  expect(assign).not.toHaveBeenCalled();
});
