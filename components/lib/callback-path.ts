const base = "http://internal.invalid";

/**
 * Where to go after signing in: a path of this application, or `/` for anything that would lead elsewhere
 * (absolute and protocol-relative addresses, back slashes and control characters that browsers read as such).
 */
export function safeCallbackPath(value: string | null | undefined): string {
  if (!value?.startsWith("/") || !URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith("//") || url.pathname.startsWith("/api/")) return "/";
  return url.pathname + url.search + url.hash;
}

/** A page before or after signing in that leads on to `path`. */
export const withCallback = (page: `/${string}`, path: string) =>
  path === "/" ? page : `${page}?callbackUrl=${encodeURIComponent(path)}`;
