import { describe, expect, it } from "vitest";
import { assertPasswordAllowed } from "@/server/auth/password-policy";

const ada = { email: "ada.lovelace@example.com", name: "Ada Lovelace" };
const reasonFor = (password: string) =>
  assertPasswordAllowed(password, ada).then(
    () => null,
    (error: { reason: string }) => error.reason,
  );

describe("a new password", () => {
  it.each([
    ["of the lists", "1q2w3e4r5t6y"],
    ["of the lists, in capitals and with spaces", "QWERTY 123456"],
    ["a common one with a year and a sign", "Password2026!"],
    ["a common one with digits in front", "12345sunshine"],
    ["a common one said twice", "passwordpassword"],
    ["a common one said three times", "dragondragondragon"],
    ["one letter", "aaaaaaaaaaaaaa"],
    ["the alphabet", "abcdefghijklm"],
    ["counting down", "987654321098"],
  ])("%s is refused", async (_what, password) => expect(await reasonFor(password)).toBe("password_common"));

  it.each([
    ["the address", "ada.lovelace@example.com"],
    ["the first part of the address with digits", "Ada.Lovelace1815"],
    ["the name", "ada lovelace"],
    ["the name twice", "AdaLovelaceAda Lovelace"],
  ])("%s is refused", async (_what, password) => expect(await reasonFor(password)).toBe("password_personal"));

  it.each([
    "correct horse battery staple",
    "long-enough-for-all",
    "한글로된긴비밀번호입니다",
    "dragon8472910384712",
    "4f1c9a0b7de2",
  ])("%j is accepted, whatever kinds of characters it has", async (password) =>
    expect(await reasonFor(password)).toBeNull(),
  );
});
