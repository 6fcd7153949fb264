import type { NextRequest } from "next/server";
import { handleAuthRequest } from "@/server/auth/handle-auth-request";
import { findIdentityProvider } from "@/server/sso/find-provider";

const handle = (request: NextRequest) => handleAuthRequest(request, findIdentityProvider);

export { handle as GET, handle as POST };
