import type { AccountOverview } from "@/components/account/types";

/** Whether the owner has something to prove it with; without, the session has to have begun just now. */
export const canProve = ({ hasPassword, twoFactor }: AccountOverview): boolean => hasPassword || twoFactor.isOn;
