import type { OrganizationPlan, ProjectPlan, UserPlan } from "./blueprint";

/** A larger organization of the same character: about `scale` times the keys and the facts. */
export function expandPlan(plan: OrganizationPlan, scale: number): OrganizationPlan {
  if (scale <= 1) return plan;
  const copies = Math.max(1, Math.round(Math.sqrt(scale)));
  const inEach = Math.max(1, Math.round(scale / copies));
  const users: UserPlan[] = [...plan.users];
  const projects: ProjectPlan[] = [];
  for (let copy = 0; copy < copies; copy += 1) {
    if (copy > 0) users.push(...plan.users.map((user) => copyUser(user, copy)));
    const shift = copy * plan.users.length;
    for (const project of plan.projects)
      projects.push(copyProject(project, { copy, shift, inEach, userCount: plan.users.length }));
  }
  return { ...plan, users, projects };
}

function copyUser(user: UserPlan, copy: number): UserPlan {
  const { deletedOffset: _deleted, isOwner: _owner, ...rest } = user;
  return {
    ...rest,
    name: user.name === null ? null : `${user.name} ${copy + 1}`,
    email: user.email.replace("@", `.${copy + 1}@`),
  };
}

function copyProject(
  project: ProjectPlan,
  size: { copy: number; shift: number; inEach: number; userCount: number },
): ProjectPlan {
  const { copy, shift, inEach, userCount } = size;
  const serviceAccounts = Array.from({ length: inEach }, (_, index) =>
    project.serviceAccounts.map((name) => (index === 0 ? name : `${name}-${index + 1}`)),
  ).flat();
  const members = project.members.flatMap((member) =>
    Array.from({ length: Math.min(inEach, userCount) }, (_, index) => ((member + index) % userCount) + shift),
  );
  return {
    ...project,
    name: copy === 0 ? project.name : `${project.name} (${copy + 1})`,
    owner: project.owner + shift,
    members: [...new Set(members)].filter((member) => member !== project.owner + shift),
    serviceAccounts,
  };
}
