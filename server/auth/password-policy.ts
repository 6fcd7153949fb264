import { AppError } from "@/server/lib/errors";

/** What the person is called and reached by: the first things that somebody else would try. */
export type PasswordOwner = { email: string; name: string };

/**
 * Refuses what is guessed first: the lists of leaked and common passwords, also with digits or signs around them or said
 * several times over, and the person's own address or name. Length is the schema's matter; there are no rules about
 * kinds of characters (NIST SP 800-63B, 5.1.1.2).
 * @throws AppError invalid: password_common or password_personal
 */
export async function assertPasswordAllowed(password: string, { email, name }: PasswordOwner): Promise<void> {
  const plain = simplify(password);
  const own = [email, email.split("@")[0] ?? "", name].map(simplify);
  if ([plain, ...cores(plain)].some((text) => text !== "" && own.includes(text))) {
    throw new AppError("invalid", "password_personal", {
      message: "Your own name or address is no password. Choose another one.",
    });
  }
  if (await isCommon(plain)) {
    throw new AppError("invalid", "password_common", {
      message: "This password is on the lists that attackers try first. Choose another one.",
    });
  }
}

async function isCommon(plain: string): Promise<boolean> {
  const known = await commonPasswords();
  return [plain, ...cores(plain)].some((text) => known.has(text)) || isSequence(plain);
}

const simplify = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");

/** At most this many digits and signs around a word are taken for decoration: "password2026!" but no random tail. */
const MAX_DECORATION = 8;

/** What is left of a password without decoration, and what it is made of when it says one thing several times. */
function cores(plain: string): string[] {
  const bare = plain.replace(/^[^\p{L}]+/u, "").replace(/[^\p{L}]+$/u, "");
  const isDecorated = plain.length - bare.length <= MAX_DECORATION;
  const unit = /^(.+?)\1+$/u.exec(plain)?.[1];
  return [...(isDecorated ? [bare] : []), ...(unit ? [unit] : [])];
}

/** "abcdefghijkl", "987654321098", "aaaaaaaaaaaa": each character follows from the one before. */
function isSequence(plain: string): boolean {
  const codes = [...plain].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  const isCounting = /^\d+$/.test(plain) && [...steps].every((step) => Math.abs(step) === 1 || Math.abs(step) === 9);
  return isCounting || (steps.size === 1 && Math.abs([...steps][0] ?? 9) <= 1);
}

let cached: Promise<ReadonlySet<string>> | undefined;

/** 49,000 leaked and common passwords that the package ships; unpacked on first use, a few milliseconds. */
const commonPasswords = () => (cached ??= loadCommonPasswords());

async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].map((entry) => String(entry).toLowerCase()));
}
