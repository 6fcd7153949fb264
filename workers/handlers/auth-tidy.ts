import { tidyAccounts } from "@/server/auth/tidy";
import type { Handler } from "@/workers/runtime";

export const authTidy: Handler<"auth.tidy"> = async (_payload, { log }) => {
  log.info(await tidyAccounts(), "tidied accounts");
};
