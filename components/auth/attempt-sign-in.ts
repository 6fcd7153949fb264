import { signIn } from "next-auth/react";

/** What somebody presents: see SignInCredentials of server/auth/schema. */
export type Proof = Record<string, string>;

const refusals = ["wrong_credentials", "wrong_code", "link_expired", "pending_expired", "email_unverified"] as const;
export type Refusal = (typeof refusals)[number];

export type SignInOutcome =
  | { kind: "ok" }
  | { kind: "second_factor"; pendingToken: string }
  | { kind: "refused"; reason: Refusal }
  | { kind: "wait"; seconds: number }
  | { kind: "unreachable" };

/** Posts to next-auth. On "ok" the session's cookie is set; load the next page in full. */
export async function attemptSignIn(proof: Proof): Promise<SignInOutcome> {
  try {
    const answer = await signIn("credentials", { ...proof, redirect: false });
    if (answer.ok && !answer.error) return { kind: "ok" };
    return outcomeOfCode(answer.code ?? "");
  } catch {
    return { kind: "unreachable" };
  }
}

/** A refusal's code is a reason and, after a dot, what belongs to it: `second_factor.<token>`. */
export function outcomeOfCode(code: string): SignInOutcome {
  const [reason = "", detail = ""] = code.split(/\.(.*)/s);
  if (reason === "second_factor" && detail) return { kind: "second_factor", pendingToken: detail };
  if (reason === "too_many_attempts" && Number(detail) > 0) return { kind: "wait", seconds: Number(detail) };
  const refusal = refusals.find((known) => known === reason);
  return refusal ? { kind: "refused", reason: refusal } : { kind: "unreachable" };
}
