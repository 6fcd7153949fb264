import fs from "node:fs";
import { expect, it } from "vitest";
import type { AuditAction } from "@/server/audit/constants";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { appRouter } from "@/server/trpc/root";

// Every change that a member of an organization can make is in its audit log, with who made it, and only once.

const database = useTestDatabase();

type Api = ReturnType<typeof callAs>;
/** An organization of its own, its API as the owner calls it, and what names it in inputs. */
type World = { test: TestOrg; api: Api; org: { org: string } };
type Case = { action: AuditAction; change: (world: World) => Promise<unknown> };

const order = { name: "CI", scopes: ["usage:read" as const], allowedIps: [], expiresAt: null };
const view = { name: "x", search: "group=model", isShared: true };

const query = (text: string, values: unknown[]) => database.owner.query(text, values);

const invited = async ({ test, api, org }: World) => {
  await api.members.invite({ ...org, addresses: ["new@example.com"], role: "reader" });
  const { rows } = await query("select id from invitations where org_id = $1", [test.id]);
  return rows[0].id as string;
};
const running = async ({ test }: World) => {
  const connectionId = await makeConnection(test);
  const run = { connectionId, kind: "directory", trigger: "schedule" } as const;
  return (await test.access.inScope((scope) => startRun(scope, run))).runId;
};

const mailed = ({ test }: World) => ({
  name: "Costs",
  search: "format=csv",
  frequency: "day" as const,
  hour: 6,
  dayOfPeriod: null,
  trailingDays: 7,
  target: { kind: "mail" as const, recipients: [test.owner.email] },
});
const scheduled = async (world: World) => ({
  ...world.org,
  scheduleId: (await world.api.exports.createSchedule({ ...world.org, ...mailed(world) })).scheduleId,
});

/** By procedure: what goes on record, and the change, with what it needs before. */
const cases: Record<string, Case> = {
  "orgs.update": { action: "org.update", change: ({ api, org }) => api.orgs.update({ ...org, name: "Renamed" }) },
  "orgs.requireTwoFactor": {
    action: "org.update",
    change: async ({ test, org }) => {
      await query("update orgs set require_two_factor = true where id = $1", [test.id]);
      const session = { ...test.owner.session, twoFactor: true };
      await callAs({ ...test.owner, session }).orgs.requireTwoFactor({ ...org, isRequired: false });
    },
  },
  "orgs.requestDeletion": {
    action: "org.delete.request",
    change: ({ api, org }) => api.orgs.requestDeletion({ ...org, slug: org.org }),
  },
  "orgs.cancelDeletion": {
    action: "org.delete.cancel",
    change: async ({ api, org }) => {
      await api.orgs.requestDeletion({ ...org, slug: org.org });
      await api.orgs.cancelDeletion(org);
    },
  },
  "members.changeRole": {
    action: "member.role",
    change: async ({ test, api, org }) =>
      api.members.changeRole({ ...org, userId: (await makeMember(test, "reader")).id, role: "admin" }),
  },
  "members.remove": {
    action: "member.remove",
    change: async ({ test, api, org }) => api.members.remove({ ...org, userId: (await makeMember(test, "reader")).id }),
  },
  "members.leave": {
    action: "member.leave",
    change: async ({ test, api, org }) => {
      await makeMember(test, "owner");
      await api.members.leave(org);
    },
  },
  "members.transfer": {
    action: "org.transfer",
    change: async ({ test, api, org }) =>
      api.members.transfer({ ...org, userId: (await makeMember(test, "admin")).id }),
  },
  "members.invite": {
    action: "member.invite",
    change: ({ api, org }) => api.members.invite({ ...org, addresses: ["new@example.com"], role: "reader" }),
  },
  "members.resendInvitation": {
    action: "invitation.resend",
    change: async (world) => world.api.members.resendInvitation({ ...world.org, invitationId: await invited(world) }),
  },
  "members.revokeInvitation": {
    action: "invitation.revoke",
    change: async (world) => world.api.members.revokeInvitation({ ...world.org, invitationId: await invited(world) }),
  },
  "sso.addDomain": {
    action: "domain.add",
    change: ({ api, org }) => api.sso.addDomain({ ...org, domain: "acme.com" }),
  },
  "sso.removeDomain": {
    action: "domain.remove",
    change: async ({ api, org }) => {
      await api.sso.addDomain({ ...org, domain: "acme.com" });
      await api.sso.removeDomain({ ...org, domain: "acme.com", stopRequiring: false });
    },
  },
  "sso.removeProvider": {
    action: "sso.remove",
    change: async ({ test, api, org }) => {
      await query(
        "insert into org_sso (org_id, issuer, client_id, client_secret_sealed, updated_at) values ($1, 'https://x.example', 'x', '\\x01', now())",
        [test.id],
      );
      await api.sso.removeProvider({ ...org, stopRequiring: false });
    },
  },
  "sso.require": {
    action: "sso.require",
    change: async ({ test, org }) => {
      await query("update orgs set require_sso = true where id = $1", [test.id]);
      const session = { ...test.owner.session, twoFactor: true };
      await callAs({ ...test.owner, session }).sso.require({ ...org, isRequired: false });
    },
  },
  "tokens.create": { action: "token.create", change: ({ api, org }) => api.tokens.create({ ...org, ...order }) },
  "tokens.rotate": {
    action: "token.rotate",
    change: async ({ api, org }) => {
      const { id: tokenId } = await api.tokens.create({ ...org, ...order });
      await api.tokens.rotate({ ...org, tokenId, overlapHours: 1 });
    },
  },
  "tokens.revoke": {
    action: "token.revoke",
    change: async ({ api, org }) => {
      const { id: tokenId } = await api.tokens.create({ ...org, ...order });
      await api.tokens.revoke({ ...org, tokenId });
    },
  },
  "connections.update": {
    action: "connection.update",
    change: async ({ test, api, org }) =>
      api.connections.update({ ...org, connectionId: await makeConnection(test), name: "Renamed" }),
  },
  "connections.pause": {
    action: "connection.pause",
    change: async ({ test, api, org }) => api.connections.pause({ ...org, connectionId: await makeConnection(test) }),
  },
  "connections.resume": {
    action: "connection.resume",
    change: async ({ test, api, org }) => {
      const connectionId = await makeConnection(test);
      await api.connections.pause({ ...org, connectionId });
      await api.connections.resume({ ...org, connectionId });
    },
  },
  "connections.delete": {
    action: "connection.delete",
    change: async ({ test, api, org }) =>
      api.connections.delete({ ...org, connectionId: await makeConnection(test), history: "keep" }),
  },
  "sync.start": {
    action: "sync.start",
    change: async ({ test, api, org }) =>
      api.sync.start({ ...org, connectionId: await makeConnection(test), kind: "directory" }),
  },
  "sync.cancel": {
    action: "sync.cancel",
    change: async (world) => world.api.sync.cancel({ ...world.org, runId: await running(world) }),
  },
  "explore.createView": { action: "view.share", change: ({ api, org }) => api.explore.createView({ ...org, ...view }) },
  "explore.updateView": {
    action: "view.update",
    change: async ({ api, org }) => {
      const { viewId } = await api.explore.createView({ ...org, ...view });
      await api.explore.updateView({ ...org, viewId, name: "Renamed" });
    },
  },
  "explore.deleteView": {
    action: "view.unshare",
    change: async ({ api, org }) => {
      const { viewId } = await api.explore.createView({ ...org, ...view });
      await api.explore.deleteView({ ...org, viewId });
    },
  },
  "exports.createSchedule": { action: "export_schedule.create", change: scheduled },
  "exports.updateSchedule": {
    action: "export_schedule.update",
    change: async (world) =>
      world.api.exports.updateSchedule({ ...(await scheduled(world)), ...mailed(world), hour: 7 }),
  },
  "exports.pauseSchedule": {
    action: "export_schedule.pause",
    change: async (world) => world.api.exports.pauseSchedule(await scheduled(world)),
  },
  "exports.resumeSchedule": {
    action: "export_schedule.resume",
    change: async (world) => {
      const schedule = await scheduled(world);
      await world.api.exports.pauseSchedule(schedule);
      await world.api.exports.resumeSchedule(schedule);
    },
  },
  "exports.deleteSchedule": {
    action: "export_schedule.delete",
    change: async (world) => world.api.exports.deleteSchedule(await scheduled(world)),
  },
  "exports.runSchedule": {
    action: "export.deliver",
    change: async (world) => world.api.exports.runSchedule(await scheduled(world)),
  },
};

/** Changes that need a provider, files or more of a world: the test that looks for their rows. */
const elsewhere: Record<string, string> = {
  "connections.create": "server/connections/connections.db.test.ts",
  "connections.createSample": "server/connections/connections.db.test.ts",
  "connections.replaceKey": "server/connections/connections.db.test.ts",
  "imports.commit": "server/imports/counting.db.test.ts",
  "imports.undo": "server/imports/counting.db.test.ts",
  "sso.setProvider": "server/sso/provider.db.test.ts",
  "sso.verifyDomain": "server/sso/domains.db.test.ts",
  "allocation.setAlias": "server/allocation/allocation.db.test.ts",
  "allocation.setTag": "server/allocation/allocation.db.test.ts",
  "allocation.setRule": "server/allocation/allocation.db.test.ts",
  "allocation.createCostCenter": "server/allocation/allocation.db.test.ts",
  "allocation.updateCostCenter": "server/allocation/allocation.db.test.ts",
  "allocation.removeCostCenter": "server/allocation/allocation.db.test.ts",
  "allocation.setMarkup": "server/allocation/allocation.db.test.ts",
  "allocation.upload": "server/allocation/upload/upload.db.test.ts",
  "anomalies.dismiss": "server/anomalies/anomalies.db.test.ts",
  "anomalies.restore": "server/anomalies/anomalies.db.test.ts",
};

/** What changes nothing that others see: asking a provider, and drafts that are thrown away. */
const traceless = ["connections.verify", "imports.discard", "imports.removeFile"];

type Procedure = { _def: { type: string; meta?: { access: string } } };
const changes = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)
  .filter(([, { _def }]) => _def.type === "mutation" && _def.meta?.access.includes(":"))
  .map(([path]) => path);

it("there is no change by a member that is not listed here", () => {
  const listed = [...Object.keys(cases), ...Object.keys(elsewhere), ...traceless];
  expect(listed.toSorted()).toEqual(changes.toSorted());
});

it.each(Object.entries(elsewhere))("%s is looked for in %s", (_path, file) => {
  expect(fs.readFileSync(file, "utf8")).toMatch(/audit/);
});

it.each(Object.entries(cases))("%s is on record", async (_path, { action, change }) => {
  const test = await makeOrg();
  await change({ test, api: callAs(test.owner), org: { org: test.slug } });
  const { rows } = await query(
    "select actor_type, actor_id from audit_events where org_id = $1 and action = $2 and seq > 1",
    [test.id, action],
  );
  expect(rows).toEqual([{ actor_type: "user", actor_id: test.owner.id }]);
});
