import { tidyImports } from "@/server/imports/tidy";
import type { Handler } from "@/workers/runtime";

export const importsTidy: Handler<"imports.tidy"> = async (_payload, { log }) => {
  log.info({ removed: await tidyImports() }, "tidied imports");
};
