import { addAccountEvent, type AccountEntry, withAccountLog } from "@/server/auth/account-log";
import { type Limit, throttle } from "@/server/auth/throttle";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";

/** In the audit logs of a person's orgs: enough to see an attack, not so many that it fills them. */
const inAuditLogs: Limit = { name: "session_fail:audit", max: 10, windowSeconds: 3600 };

/** Notes a failed try at an account that exists, for its owner and (bounded) for the orgs that the owner belongs to. */
export async function recordFailedSignIn(
  account: AccountEntry["account"],
  method: string,
  client: ClientInfo,
): Promise<void> {
  const entry: AccountEntry = { account, action: "session.fail", method, client, actor: { type: "anonymous" } };
  if (await isWithin(inAuditLogs, account.id)) await withAccountLog(entry, async () => {});
  else await addAccountEvent(prisma(), entry);
}

const isWithin = (limit: Limit, subject: string): Promise<boolean> =>
  throttle({ limit, subject }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === "limit") return false;
      throw error;
    },
  );
