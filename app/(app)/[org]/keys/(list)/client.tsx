"use client";

import type { Day } from "@/components/lib/format-date";
import { BreakdownPage } from "@/components/usage/breakdown-page";

export const KeysClient = ({ today }: { today: Day }) => <BreakdownPage dimension="api_key" today={today} />;
