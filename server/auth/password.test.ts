import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "@/server/auth/password";

it("a password is verified by what it was hashed to, and by nothing else", async () => {
  const stored = await hashPassword("correct horse battery staple");
  expect(await verifyPassword("correct horse battery staple", stored)).toBe(true);
  expect(await verifyPassword("correct horse battery stapler", stored)).toBe(false);
  expect(await verifyPassword("no account has this password", null)).toBe(false);
});

it("a crowd is refused at once instead of waiting, and the rest are served", async () => {
  const stored = await hashPassword("correct horse battery staple");
  const crowd = Array.from({ length: 130 }, () => verifyPassword("correct horse battery staple", stored));
  const answers = await Promise.allSettled(crowd);
  const refused = answers.filter(({ status }) => status === "rejected");
  expect(refused.length).toBeGreaterThanOrEqual(20);
  for (const answer of refused) expect(answer).toMatchObject({ reason: { code: "limit" } });
  expect(answers.filter((answer) => answer.status === "fulfilled" && answer.value)).toHaveLength(130 - refused.length);
  expect(await verifyPassword("correct horse battery staple", stored)).toBe(true);
});
