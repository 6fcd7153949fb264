import { createLoader } from "nuqs/server";
import { chargebackParams } from "@/components/chargeback/months";

export const loadChargeback = createLoader(chargebackParams);
