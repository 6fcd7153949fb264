import { describe, expect, it } from "vitest";
import { generateKey, open, seal } from "@/server/lib/crypto";

const key = generateKey();
const secret = Buffer.from("sk-admin-secret");
const sealed = seal(secret, key, "org:connection");

describe("a sealed value", () => {
  it("opens with its key and context", () => expect(open(sealed, key, "org:connection")).toEqual(secret));
  it("does not show its content", () => expect(Buffer.from(sealed).includes(secret)).toBe(false));
  it("is different every time", () => expect(seal(secret, key, "c")).not.toEqual(seal(secret, key, "c")));
  it("does not open with another key", () => expect(() => open(sealed, generateKey(), "org:connection")).toThrow());
  it("does not open in another place", () => expect(() => open(sealed, key, "other:connection")).toThrow());

  it("does not open when any byte was changed", () => {
    for (let i = 0; i < sealed.length; i++) {
      const forged = Uint8Array.from(sealed);
      forged[i] = (forged[i] ?? 0) ^ 1;
      expect(() => open(forged, key, "org:connection"), `byte ${i}`).toThrow();
    }
  });

  it("does not open when it was cut", () => {
    for (let length = 0; length < sealed.length; length++)
      expect(() => open(sealed.subarray(0, length), key, "org:connection")).toThrow();
  });
});
