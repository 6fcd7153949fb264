import { stableId } from "../generate/hash";
import type { OrganizationPlan } from "./blueprint";
import type { Organization } from "./types";

/** Adds what an organization collects besides people, projects and keys. */
export function furnish(org: Organization, plan: OrganizationPlan, userIds: readonly string[]): void {
  for (const group of plan.groups) {
    const id = stableId("group_", `${org.id}|${group.name}`);
    const createdAt = org.projects[0]?.createdAt ?? 0;
    const members = group.users
      .flatMap((index) => userIds[index] ?? [])
      .filter((userId) => org.users.some((user) => user.id === userId));
    org.groups.push({ id, name: group.name, createdAt, isScimManaged: group.isScimManaged, userIds: members });
    for (const index of group.projects) {
      const project = org.projects[index];
      if (project)
        org.projectGroups.push({ projectId: project.id, groupId: id, createdAt: project.createdAt + 86_400 });
    }
  }
}
