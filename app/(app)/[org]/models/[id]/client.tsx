"use client";

import type { Day } from "@/components/lib/format-date";
import { MemberPage } from "@/components/usage/member-page";

type ModelClientProps = { today: Day; memberKey: string | null };

export const ModelClient = (props: ModelClientProps) => <MemberPage dimension="model" {...props} />;
