import { secondsPerDay } from "../clock";
import { hashText, mix, stableId } from "../generate/hash";
import type { OrganizationPlan } from "./blueprint";
import { policyOf } from "./policies";
import { rateLimitsOf } from "./rate-limits";
import { predefinedOrganizationRoles, projectRolesOf } from "./roles";
import { seedAudit } from "./seed-audit";
import type { Organization, Role } from "./types";

/** Adds what an organization collects besides people, projects and keys. */
export function furnish(
  org: Organization,
  plan: OrganizationPlan,
  context: { userIds: readonly string[]; today: number },
): void {
  const createdAt = org.projects[0]?.createdAt ?? 0;
  org.organizationRoles.push(...predefinedOrganizationRoles(org.id, createdAt));
  addGroups(org, plan, context.userIds);
  if (plan.slug === "empty") return;
  addCustomRoles(org, createdAt);
  addInvites(org, createdAt, context.today);
  addLimits(org);
  seedAudit(org);
}

function addGroups(org: Organization, plan: OrganizationPlan, userIds: readonly string[]): void {
  for (const group of plan.groups) {
    const id = stableId("group_", `${org.id}|${group.name}`);
    const createdAt = org.projects[0]?.createdAt ?? 0;
    const known = new Set(org.users.map((user) => user.id));
    const members = group.users.flatMap((index) => userIds[index] ?? []).filter((userId) => known.has(userId));
    org.groups.push({ id, name: group.name, createdAt, isScimManaged: group.isScimManaged, userIds: members });
    for (const index of group.projects) {
      const project = org.projects[index];
      if (!project) continue;
      const madeAt = project.createdAt + secondsPerDay;
      org.projectGroups.push({ projectId: project.id, groupId: id, createdAt: madeAt });
      const member = projectRolesOf(org, project.id).find((role) => role.name === "member");
      if (!member) continue;
      const principal = { type: "group" as const, id };
      org.roleAssignments.push({
        principal,
        projectId: project.id,
        roleId: member.id,
        createdAt: madeAt,
        createdBy: org.users[0]?.id ?? null,
      });
    }
  }
}

function addCustomRoles(org: Organization, createdAt: number): void {
  const custom = (name: string, permissions: string[], description: string | null): Role => ({
    id: stableId("role_", `${org.id}|${name}`),
    name,
    description,
    permissions,
    resourceType: "api.organization",
    isPredefined: false,
    createdAt: createdAt + 40 * secondsPerDay,
  });
  const finance = custom("Finance, read only", ["api.usage.read"], "Sees usage and costs, nothing else");
  const curator = custom("Group curator", ["api.groups.read", "api.groups.write"], null);
  org.organizationRoles.push(finance, curator);
  const made = { projectId: null, createdAt: createdAt + 41 * secondsPerDay, createdBy: org.users[0]?.id ?? null };
  const lastGroup = org.groups.at(-1);
  if (lastGroup)
    org.roleAssignments.push({ ...made, principal: { type: "group", id: lastGroup.id }, roleId: finance.id });
  const user = org.users[3];
  if (user) org.roleAssignments.push({ ...made, principal: { type: "user", id: user.id }, roleId: curator.id });
  const vision = org.projects[1];
  if (!vision) return;
  const labeller: Role = {
    ...custom('Labeller "night shift"', ["api.model.request", "api.files.read"], "May label, may not deploy"),
    id: stableId("role_", `${vision.id}|labeller`),
    resourceType: "api.project",
  };
  projectRolesOf(org, vision.id).push(labeller);
  if (user)
    org.roleAssignments.push({
      ...made,
      projectId: vision.id,
      principal: { type: "user", id: user.id },
      roleId: labeller.id,
    });
}

function addInvites(org: Organization, createdAt: number, today: number): void {
  const domain = org.users[0]?.email.split("@")[1] ?? "example.test";
  const invite = (name: string, at: number, acceptedAt: number | null, projects: number) => ({
    id: stableId("invite-", `${org.id}|${name}`),
    email: `${name}@${domain}`,
    role: "reader" as const,
    createdAt: at,
    expiresAt: at + 7 * secondsPerDay,
    acceptedAt,
    projects: org.projects.slice(0, projects).map(({ id }) => ({ id, role: "member" as const })),
  });
  const early = createdAt + 20 * secondsPerDay;
  org.invites.push(
    invite("welcome", early, early + 3600, 1),
    invite("too.late", early + 30 * secondsPerDay, null, 2),
    invite("new.person", (today - 2) * secondsPerDay + 9 * 3600, null, 0),
  );
}

function addLimits(org: Organization): void {
  org.projects.forEach((project, index) => {
    if (index % 4 === 2) {
      org.spendLimits.set(project.id, 500_000 + (mix(org.seed, index) % 20) * 100_000);
      const recipients = org.users.slice(0, 2).map((user) => user.email);
      org.spendAlerts.set(project.id, [
        { id: stableId("alert_", project.id), thresholdAmount: 400_000, recipients, subjectPrefix: "[AI spend]" },
      ]);
    }
    if (index % 3 === 1) {
      for (const limit of rateLimitsOf(org, project.id).slice(0, 4)) {
        const tokens = limit.limits.max_tokens_per_1_minute ?? 0;
        limit.limits.max_tokens_per_1_minute = Math.floor(tokens / (2 + (hashText(limit.id) % 4)));
      }
    }
    if (index % 5 === 3) {
      const policy = policyOf(org, project.id);
      policy.modelPermissions = { mode: "allow_list", modelIds: ["gpt-6-luna", "gpt-4o-mini-2024-07-18"] };
      policy.hostedTools.mcp = false;
      policy.dataRetention = "zero_data_retention";
    }
  });
  org.spendLimits.set("organization", 12_000_000);
  const id = stableId("alert_", org.id);
  org.spendAlerts.set("organization", [
    {
      id,
      thresholdAmount: 5_000_000,
      recipients: org.users.slice(0, 1).map((user) => user.email),
      subjectPrefix: null,
    },
  ]);
}
