"use client";

import { ExplorePage } from "@/components/explore/explore-page";
import type { Day } from "@/components/lib/format-date";

export const ExploreClient = ({ today }: { today: Day }) => <ExplorePage today={today} />;
