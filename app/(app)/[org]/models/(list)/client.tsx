"use client";

import type { Day } from "@/components/lib/format-date";
import { BreakdownPage } from "@/components/usage/breakdown-page";

export const ModelsClient = ({ today }: { today: Day }) => <BreakdownPage dimension="model" today={today} />;
