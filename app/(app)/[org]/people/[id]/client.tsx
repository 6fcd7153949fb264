"use client";

import type { Day } from "@/components/lib/format-date";
import { MemberPage } from "@/components/usage/member-page";

type PersonClientProps = { today: Day; memberKey: string | null };

export const PersonClient = (props: PersonClientProps) => <MemberPage dimension="user" {...props} />;
