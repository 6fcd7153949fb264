import { parseAsStringLiteral } from "nuqs/server";

export const allocationTabs = ["centers", "project", "user", "api_key"] as const;

/** Which list is looked at. */
export const allocationParams = { tab: parseAsStringLiteral(allocationTabs).withDefault("centers") };
