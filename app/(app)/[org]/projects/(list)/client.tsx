"use client";

import type { Day } from "@/components/lib/format-date";
import { BreakdownPage } from "@/components/usage/breakdown-page";

export const ProjectsClient = ({ today }: { today: Day }) => <BreakdownPage dimension="project" today={today} />;
