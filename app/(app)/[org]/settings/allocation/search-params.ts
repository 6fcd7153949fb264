import { createLoader } from "nuqs/server";
import { allocationParams } from "@/components/allocation/allocation-params";

export const loadAllocation = createLoader(allocationParams);
