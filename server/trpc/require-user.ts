import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { safeCallbackPath, withCallback } from "@/components/lib/callback-path";
import { PATH_HEADER } from "@/components/lib/request-path";
import { currentUser } from "@/server/auth/session";

/** The signed-in person; anybody else is sent to sign-in and comes back to the page asked for. */
export async function requireUser() {
  const user = await currentUser();
  if (!user) redirect(withCallback("/sign-in", safeCallbackPath((await headers()).get(PATH_HEADER))));
  return user;
}
