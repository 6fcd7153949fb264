import "server-only";
import { cache } from "react";
import { auth } from "@/server/auth/next-auth";
import { findSessionUser, type SessionUser } from "@/server/auth/sessions";

/** The signed-in person of this request, or null. One database read a request, however often it is asked. */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const session = await auth();
  const sessionId = session && "sessionId" in session ? session.sessionId : null;
  return typeof sessionId === "string" ? findSessionUser(sessionId) : null;
});
