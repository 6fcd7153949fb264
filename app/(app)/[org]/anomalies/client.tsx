"use client";

import { AnomaliesPage } from "@/components/anomalies/anomalies-page";
import type { Day } from "@/components/lib/format-date";

export const AnomaliesClient = ({ today }: { today: Day }) => <AnomaliesPage today={today} />;
