/**
 * What a page may load and run. Scripts need the nonce of this very answer, or must be loaded by one that has it; styles
 * may stand in the page, because charts and menus place themselves by style attributes.
 * @param nonce base64, new for every request
 */
export function contentSecurityPolicy({ nonce, isHttps, isDev }: PolicyOptions): string {
  const directives = [
    "default-src 'self'",
    // React explains errors in development with the help of eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    // Pages are compiled again over a web socket in development.
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "frame-src 'self'",
    "media-src 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

type PolicyOptions = { nonce: string; isHttps: boolean; isDev: boolean };
