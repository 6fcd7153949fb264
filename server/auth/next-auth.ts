import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { authenticate } from "@/server/auth/authenticate";
import { revokeSession, SESSION_LIFETIME_DAYS, startSession } from "@/server/auth/sessions";
import { env } from "@/server/env";
import { logger } from "@/server/lib/logger";

/**
 * Sign-in is next-auth's; whether a session still counts is ours: its cookie carries the id of a user_sessions row,
 * which server/auth/session reads on every request. Providers (OAuth, OIDC, magic link) are added to the list below.
 */
const config = (): NextAuthConfig => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  session: { strategy: "jwt", maxAge: SESSION_LIFETIME_DAYS * 24 * 3600 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: (credentials) => authenticate(credentials),
    }),
  ],
  callbacks: {
    jwt: async ({ token, user }) =>
      user?.id ? { sub: user.id, sid: await startSession(user.id, { method: "password", twoFactor: false }) } : token,
    session: ({ session, token }) => ({ ...session, sessionId: typeof token.sid === "string" ? token.sid : null }),
  },
  events: {
    signOut: async (message) => {
      if ("token" in message && typeof message.token?.sid === "string") await revokeSession(message.token.sid);
    },
  },
  logger: {
    error: (error) => {
      if (error.name !== "CredentialsSignin") logger().error({ err: error }, "next-auth");
    },
    warn: () => {},
    debug: () => {},
  },
});

export const { handlers, auth, signOut } = NextAuth(config);
