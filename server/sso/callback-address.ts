import { orgProviderId } from "@/server/auth/schema";
import { appUrl } from "@/server/lib/app-url";

/** Where an org's identity provider sends people back; it accepts no address that it was not told before. */
export const callbackAddress = (slug: string): string => appUrl(`/api/auth/callback/${orgProviderId(slug)}`);
