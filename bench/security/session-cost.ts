import { accessAsMember } from "@/server/auth/scope";
import { findSessionUser, startSession } from "@/server/auth/sessions";
import { createUser } from "@/server/auth/create-user";
import { noClient } from "@/server/lib/client-info";
import { createOrg } from "@/server/orgs/create-org";
import { timed } from "@/bench/lib/statistics";
import { PASSWORD } from "../lib/password.mjs";

const ROUNDS = 1_000;
const WARM_UP = 100;

/** Milliseconds of what every request asks first: whose session it is, and whether the person is a member. */
export async function measureSessionCost(): Promise<{ session: number[]; membership: number[] }> {
  const email = "session@example.com";
  const { id } = await createUser({ email, name: "Session", password: PASSWORD });
  const founder = { ownerId: id, actor: { type: "user", id, name: email } as const, requestId: null, client: noClient };
  const { slug } = await createOrg(founder, { name: "Session" });
  const proof = { method: "password", twoFactor: false };
  const sessionId = await startSession({ account: { id, email }, proof, client: noClient });

  const costs = { session: [] as number[], membership: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const found = await timed(() => findSessionUser(sessionId));
    const user = found.value;
    if (!user) throw new Error("the session is not there");
    const caller = { user, requestId: null, client: noClient };
    const access = await timed(() => accessAsMember(caller, slug, "usage:read"));
    if (round < 0) continue;
    costs.session.push(found.ms);
    costs.membership.push(access.ms);
  }
  return costs;
}
