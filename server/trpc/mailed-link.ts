import "server-only";
import { LinkInput } from "@/server/auth/schema";
import { openCaller } from "@/server/trpc/rsc";

/** Whose link this is while it still works; null for a used, late, cut-off or missing one. Uses nothing up. */
export async function mailedLink(
  purpose: LinkInput["purpose"],
  token: string | null,
): Promise<{ email: string } | null> {
  const input = LinkInput.safeParse({ purpose, token });
  return input.success ? openCaller.auth.link(input.data) : null;
}
