"use client";

import type { Day } from "@/components/lib/format-date";
import { BreakdownPage } from "@/components/usage/breakdown-page";

export const PeopleClient = ({ today }: { today: Day }) => <BreakdownPage dimension="user" today={today} />;
