import { assertPasswordAllowed } from "@/server/auth/password-policy";
import { assertPassword } from "@/server/auth/reauthenticate";
import { setPassword } from "@/server/auth/reset-password";
import type { ChangePasswordInput } from "@/server/auth/schema";
import type { Caller } from "@/server/auth/scope";

/**
 * Changes the password of somebody signed in, who knows the current one; ends all other sessions.
 * @throws AppError forbidden wrong_password, invalid for a password that is guessed first, limit
 */
export async function changePassword(caller: Caller, { current, password }: ChangePasswordInput): Promise<void> {
  const { user, client, requestId } = caller;
  await assertPasswordAllowed(password, user);
  await assertPassword(caller, current);
  await setPassword(
    { account: user, action: "password.change", client, requestId },
    { password, keepSessionId: user.session.id },
  );
}
