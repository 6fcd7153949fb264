import { afterEach, expect, it } from "vitest";
import { clientOf } from "@/server/lib/client-info";

const mark = Symbol.for("tollkeeper.client-address");
const holder = globalThis as Record<symbol, unknown>;
const headers = new Headers({ "x-client-address": "203.0.113.9", "user-agent": "x".repeat(1000) });

afterEach(() => delete holder[mark]);

it("believes the address in a web server that writes it itself", () => {
  holder[mark] = true;
  expect(clientOf(headers).ip).toBe("203.0.113.9");
});

it("knows no address in one that would pass on what anybody sends", () => {
  expect(clientOf(headers).ip).toBeNull();
});

it("keeps a bounded part of the user agent", () => {
  expect(clientOf(headers).userAgent).toHaveLength(400);
});
