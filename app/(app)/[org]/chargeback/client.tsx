"use client";

import { ChargebackPage } from "@/components/chargeback/chargeback-page";
import type { Day } from "@/components/lib/format-date";

export const ChargebackClient = ({ today }: { today: Day }) => <ChargebackPage today={today} />;
