import { env } from "@/server/env";

/** An address of this installation, for mails: `appUrl("/reset-password", { token })`. */
export function appUrl(path: `/${string}`, parameters: Record<string, string> = {}): string {
  const url = new URL(path, env().AUTH_URL ?? `http://localhost:${env().PORT}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
