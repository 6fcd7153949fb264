/** Request header in which proxy.ts hands the page the nonce that its inline scripts need (Content-Security-Policy). */
export const NONCE_HEADER = "x-nonce";
