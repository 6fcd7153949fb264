"use client";

import type { Day } from "@/components/lib/format-date";
import { MemberPage } from "@/components/usage/member-page";

type ProjectClientProps = { today: Day; memberKey: string | null };

export const ProjectClient = (props: ProjectClientProps) => <MemberPage dimension="project" {...props} />;
