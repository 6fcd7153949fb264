"use client";

import type { Day } from "@/components/lib/format-date";
import { MemberPage } from "@/components/usage/member-page";

type KeyClientProps = { today: Day; memberKey: string | null };

export const KeyClient = (props: KeyClientProps) => <MemberPage dimension="api_key" {...props} />;
