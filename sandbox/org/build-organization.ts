import { secondsPerDay } from "../clock";
import { hashText, mix, stableId, unit } from "../generate/hash";
import type { OrganizationPlan, ProjectPlan } from "./blueprint";
import { type Caller, seriesOfCaller } from "./build-series";
import { furnish } from "./furnish";
import { sampleKeys } from "./sample-keys";
import type { ApiKey, Organization, Project, User } from "./types";

interface BuildOptions {
  seed: number;
  foundedDay: number;
  firstDay: number;
  /** Day of the start, for what is always recent, such as a pending invitation. */
  today: number;
}

/** Builds an organization from its plan: deterministic in the seed and the founding day. */
export function buildOrganization(plan: OrganizationPlan, options: BuildOptions): Organization {
  const seed = hashText(`${options.seed}|${plan.id}`);
  const org = emptyOrganization(plan, { ...options, seed });
  const at = (offset: number, label: string) =>
    (options.foundedDay + offset) * secondsPerDay + 8 * 3600 + (mix(seed, hashText(label)) % 36_000);
  const userIds = plan.users.map((user, index) => {
    const id = stableId("user-", `${seed}|${user.email}`);
    if (user.deletedOffset === undefined) {
      org.users.push({
        id,
        name: user.name,
        email: user.email,
        role: user.isOwner ? "owner" : "reader",
        addedAt: at(user.addedOffset, user.email),
        isScimManaged: user.isScimManaged ?? false,
        technicalLevel: index % 5 === 0 ? "expert" : null,
        developerPersona: index % 7 === 0 ? "backend" : null,
      });
    }
    return id;
  });
  plan.projects.forEach((project, index) => {
    addProject({ org, at, plan, userIds, seed, foundedDay: options.foundedDay }, project, index);
  });
  addAdminKeys(org, at);
  furnish(org, plan, { userIds, today: options.today });
  return org;
}

interface Site {
  org: Organization;
  at: (offset: number, label: string) => number;
  plan: OrganizationPlan;
  userIds: readonly string[];
  seed: number;
  foundedDay: number;
}

function addProject(site: Site, plan: ProjectPlan, index: number): void {
  const { org, at } = site;
  const label = `${site.seed}|${index}|${plan.name}`;
  const project: Project = {
    id: stableId("proj_", label),
    name: plan.name,
    createdAt: at(plan.createdOffset, label),
    archivedAt: plan.archivedOffset === undefined ? null : at(plan.archivedOffset, `${label}|archived`),
    isDefault: index === 0,
    residency: plan.residency ?? "GLOBAL",
    externalKeyId: null,
  };
  org.projects.push(project);
  const memberIndexes = [plan.owner, ...plan.members];
  org.projectMembers.set(
    project.id,
    memberIndexes
      .filter((member) => site.plan.users[member]?.deletedOffset === undefined)
      .map((member) => ({
        userId: site.userIds[member] ?? "",
        role: member === plan.owner ? "owner" : "member",
        addedAt: project.createdAt + member * 3600,
      })),
  );
  if (plan.models.length === 0) return;
  for (const member of memberIndexes) addUserKey(site, { plan, project }, member);
  plan.serviceAccounts.forEach((name, position) => {
    addServiceAccount(site, { plan, project }, { name, position });
  });
  if (plan.busyness >= 0.5) addPlayground(site, { plan, project }, index);
}

interface Place {
  plan: ProjectPlan;
  project: Project;
}

function addUserKey(site: Site, place: Place, member: number): void {
  const user = site.plan.users[member];
  const userId = site.userIds[member];
  if (!user || userId === undefined) return;
  const label = `${place.project.id}|${user.email}`;
  const start = Math.max(user.addedOffset, place.plan.createdOffset) + 1 + (hashText(label) % 40);
  const end = Math.min(user.deletedOffset ?? Infinity, place.plan.archivedOffset ?? Infinity);
  const key = makeKey(site, place.project, {
    label,
    name: `${(user.name ?? "contractor").trim()}'s key`,
    createdOffset: start,
  });
  const fate = fateOf(label, user.deletedOffset !== undefined);
  const access = hashText(label) % 17 === 3 ? "inactive" : "active";
  if (fate !== "deleted")
    site.org.apiKeys.push({ ...key, owner: { type: "user", id: userId }, ownerProjectAccess: access });
  if (fate === "never used") return;
  const until = Math.min(end, fate === "deleted" ? 405 : fate === "dormant" ? 530 : Infinity);
  addCalls(site, place, { userId, apiKeyId: key.id, isService: false, start, until, label });
}

/** What became of somebody's key; some deleted themselves, some lie about unused. */
function fateOf(label: string, isOwnerGone: boolean): "in use" | "deleted" | "dormant" | "never used" {
  const roll = hashText(label) % 13;
  if (isOwnerGone || roll === 5) return "deleted";
  if (roll === 1 || roll === 8) return "dormant";
  return roll === 11 ? "never used" : "in use";
}

function addServiceAccount(site: Site, place: Place, account: { name: string; position: number }): void {
  const label = `${place.project.id}|sa|${account.name}`;
  const id = stableId("svc_acct_", label);
  const start = place.plan.createdOffset + 2 + account.position * 9;
  const until = place.plan.archivedOffset ?? Infinity;
  const { org } = site;
  org.serviceAccounts.push({
    id,
    projectId: place.project.id,
    name: account.name,
    role: "member",
    createdAt: site.at(start, label),
  });
  // Every third account was rotated once: its first key is deleted and lives on in history only.
  const isRotated = hashText(label) % 3 === 0;
  if (isRotated) {
    const old = makeKey(site, place.project, { label: `${label}|old`, name: account.name, createdOffset: start });
    addCalls(site, place, {
      userId: id,
      apiKeyId: old.id,
      isService: true,
      start,
      until: Math.min(until, 415),
      label: `${label}|old`,
    });
  }
  const from = isRotated ? 415 : start;
  if (from >= until) return;
  const key = makeKey(site, place.project, { label, name: account.name, createdOffset: from });
  org.apiKeys.push({ ...key, owner: { type: "service_account", id }, ownerProjectAccess: "active" });
  addCalls(site, place, { userId: id, apiKeyId: key.id, isService: true, start: from, until, label });
}

/** Calls of people in the browser have no key; some of the oldest have no project either. */
function addPlayground(site: Site, place: Place, index: number): void {
  const userId = site.userIds[place.plan.owner] ?? null;
  const label = `${place.project.id}|playground`;
  const until = place.plan.archivedOffset ?? Infinity;
  addCalls(site, place, {
    userId,
    apiKeyId: null,
    isService: false,
    start: place.plan.createdOffset + 5,
    until,
    label,
  });
  if (index % 5 !== 1) return;
  const nowhere = { ...place, project: { ...place.project, id: "" } };
  addCalls(site, nowhere, {
    userId: null,
    apiKeyId: null,
    isService: false,
    start: place.plan.createdOffset,
    until,
    label: `${label}|none`,
  });
}

function addCalls(
  site: Site,
  place: Place,
  calls: Omit<Caller, "projectId" | "foundedDay" | "fromDay" | "toDay"> & { start: number; until: number },
): void {
  const { start, until, ...who } = calls;
  const caller = {
    ...who,
    projectId: place.project.id || null,
    foundedDay: site.foundedDay,
    fromDay: site.foundedDay + start,
    toDay: site.foundedDay + until,
  };
  site.org.series.push(...seriesOfCaller(site.seed, place.plan, caller));
}

type KeyBase = Omit<ApiKey, "owner" | "ownerProjectAccess">;

function makeKey(site: Site, project: Project, key: { label: string; name: string; createdOffset: number }): KeyBase {
  return {
    id: stableId("key_", key.label, 16),
    projectId: project.id,
    name: key.name,
    redactedValue: `sk-proj-${"*".repeat(12)}${stableId("", key.label, 4)}`,
    createdAt: site.at(key.createdOffset, key.label),
    expiresAt: null,
    scopes: unit(hashText(key.label)) < 0.15 ? ["api.all.read"] : [],
  };
}

function addAdminKeys(org: Organization, at: Site["at"]): void {
  const owner: User | undefined = org.users[0];
  sampleKeys
    .filter((key) => key.slug === org.slug)
    .forEach((key, index) => {
      org.adminKeys.push({
        id: stableId("key_", key.value, 16),
        name: key.name,
        value: key.value,
        kind: key.kind,
        scopes: [...key.scopes],
        createdAt: at(30 + index * 20, key.value),
        expiresAt: null,
        lastUsedAt: null,
        ownerUserId: owner?.id ?? null,
        isRevoked: false,
      });
    });
}

function emptyOrganization(plan: OrganizationPlan, options: BuildOptions): Organization {
  return {
    slug: plan.slug,
    id: plan.id,
    name: plan.name,
    seed: options.seed,
    foundedDay: options.foundedDay,
    firstDay: options.firstDay,
    projects: [],
    users: [],
    projectMembers: new Map(),
    serviceAccounts: [],
    apiKeys: [],
    adminKeys: [],
    invites: [],
    groups: [],
    projectGroups: [],
    organizationRoles: [],
    projectRoles: new Map(),
    roleAssignments: [],
    rateLimits: new Map(),
    spendLimits: new Map(),
    spendAlerts: new Map(),
    policies: new Map(),
    dataRetention: "modified_abuse_monitoring",
    auditEvents: [],
    series: [],
    stoppedKeys: new Map(),
    restatements: [],
    revision: 0,
  };
}
