"use client";

import type { Day } from "@/components/lib/format-date";
import { ReconciliationPage } from "@/components/reconciliation/reconciliation-page";

export const ReconciliationClient = ({ today }: { today: Day }) => <ReconciliationPage today={today} />;
