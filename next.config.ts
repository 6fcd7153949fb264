import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Of every answer. Pages get their Content-Security-Policy in proxy.ts, with a nonce. */
const securityHeaders = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy":
    "accelerometer=(), bluetooth=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Data, never a document: opened as one, it may neither load nor run anything. */
const dataHeaders = { "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox" };

/** Their addresses may hold a token, which no other page is to learn. */
const pagesWithTokens = "/:page(sign-in|sign-up|verify-email|reset-password|invitations)/:rest*";

const asList = (headers: Record<string, string>) => Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The person's menu is at the bottom left.
  devIndicators: { position: "bottom-right" },
  serverExternalPackages: ["pg", "bullmq", "pino", "@node-rs/argon2", "@aws-sdk/client-kms", "pdfkit", "fontkit"],
  // A second server beside a running one (tests, a preview) needs a build folder of its own.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // Browsers ask for it where a document names no icon.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  headers: async () => [
    { source: "/:path*", headers: asList(securityHeaders) },
    { source: "/:data(api|_next)/:path*", headers: asList(dataHeaders) },
    { source: pagesWithTokens, headers: asList({ "Referrer-Policy": "no-referrer" }) },
  ],
};

const withIntl = createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  // Browsers get messages that are taken apart already, instead of the code that does it.
  experimental: { messages: { path: "./messages", locales: "infer", format: "json", precompile: true } },
});

export default withIntl(config);
