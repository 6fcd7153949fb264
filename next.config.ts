import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=()" },
  {
    key: "Content-Security-Policy",
    value: "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The person's menu is at the bottom left.
  devIndicators: { position: "bottom-right" },
  serverExternalPackages: ["pg", "bullmq", "pino", "@node-rs/argon2"],
  // A second server beside a running one (tests, a preview) needs a build folder of its own.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

const withIntl = createNextIntlPlugin({
  requestConfig: "./i18n/request.ts",
  // Browsers get messages that are taken apart already, instead of the code that does it.
  experimental: { messages: { path: "./messages", locales: "infer", format: "json", precompile: true } },
});

export default withIntl(config);
