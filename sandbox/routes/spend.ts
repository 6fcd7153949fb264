import { stableId } from "../generate/hash";
import { required } from "../http/body";
import { badRequest, notFound } from "../http/errors";
import { idList, ordered } from "../http/lists";
import { type Call, del, get, post, type Route } from "../http/router";
import { removeWhere } from "../org/lookup";
import { monthToDate } from "../generate/month-to-date";
import type { SpendAlert } from "../org/types";
import { findActiveProject, findProject } from "./projects";

interface Owner {
  path: string;
  /** Start of the `object` names. */
  object: "organization" | "project";
  /** Key of the owner's entries; checks that a project exists. */
  keyOf: (call: Call, isWrite: boolean) => string;
}

const projectKey: Owner["keyOf"] = (call, isWrite) => (isWrite ? findActiveProject(call) : findProject(call)).id;

export const spendRoutes: Route[] = [
  ...spendOf({ path: "/organization", object: "organization", keyOf: () => "organization" }),
  ...spendOf({ path: "/organization/projects/{project_id}", object: "project", keyOf: projectKey }),
];

function spendOf(owner: Owner): Route[] {
  const limit = `${owner.path}/spend_limit`;
  const alerts = `${owner.path}/spend_alerts`;
  return [
    get(limit, (call) => renderLimit(call, owner, owner.keyOf(call, false))),
    post(limit, (call) => {
      const key = owner.keyOf(call, true);
      call.org.spendLimits.set(key, readTerms(call, 1));
      return renderLimit(call, owner, key);
    }),
    del(limit, (call) => {
      const key = owner.keyOf(call, true);
      if (!call.org.spendLimits.delete(key)) throw notFound("spend limit", key);
      return { object: `${owner.object}.spend_limit.deleted`, deleted: true };
    }),
    get(alerts, (call) => {
      const rendered = alertsOf(call, owner.keyOf(call, false)).map((alert) => renderAlert(owner, alert));
      return idList(ordered(rendered, call.query), call.query, { min: 0, max: 100, fallback: 20 });
    }),
    post(alerts, (call) => {
      const list = alertsOf(call, owner.keyOf(call, true));
      const alert: SpendAlert = {
        id: stableId("alert_", `${owner.keyOf(call, true)}|${call.now}|${list.length}`),
        ...readAlert(call),
      };
      list.push(alert);
      return renderAlert(owner, alert);
    }),
    get(`${alerts}/{alert_id}`, (call) => renderAlert(owner, findAlert(call, owner.keyOf(call, false)))),
    post(`${alerts}/{alert_id}`, (call) =>
      renderAlert(owner, Object.assign(findAlert(call, owner.keyOf(call, true)), readAlert(call))),
    ),
    del(`${alerts}/{alert_id}`, (call) => {
      const key = owner.keyOf(call, true);
      const alert = findAlert(call, key);
      removeWhere(alertsOf(call, key), (item) => item === alert);
      return { object: `${owner.object}.spend_alert.deleted`, id: alert.id, deleted: true };
    }),
  ];
}

/** Checks currency and interval and returns the threshold in cents. */
function readTerms(call: Call, min: number): number {
  const { body } = call;
  const cents = required(body.integer("threshold_amount"), "threshold_amount");
  if (cents < min)
    throw badRequest(`'threshold_amount' must be at least ${min}.`, "threshold_amount", "integer_below_min_value");
  required(body.oneOf("currency", ["USD"]), "currency");
  required(body.oneOf("interval", ["month"]), "interval");
  return cents;
}

function renderLimit(call: Call, owner: Owner, key: string): object {
  const cents = call.org.spendLimits.get(key);
  if (cents === undefined) throw notFound("spend limit", key);
  const spent = monthToDate(call.sandbox.costBook, call.org, {
    now: call.now,
    projectId: owner.object === "project" ? key : null,
  });
  const isOver = spent * 100n >= BigInt(cents) * 10n ** 30n;
  return {
    object: `${owner.object}.spend_limit`,
    threshold_amount: cents,
    currency: "USD",
    interval: "month",
    enforcement: { status: isOver ? "enforcing" : "inactive" },
  };
}

function alertsOf(call: Call, key: string): SpendAlert[] {
  const known = call.org.spendAlerts.get(key);
  if (known) return known;
  const list: SpendAlert[] = [];
  call.org.spendAlerts.set(key, list);
  return list;
}

function findAlert(call: Call, key: string): SpendAlert {
  const id = call.params.alert_id ?? "";
  const alert = alertsOf(call, key).find((item) => item.id === id);
  if (!alert) throw notFound("spend alert", id);
  return alert;
}

function readAlert(call: Call): Omit<SpendAlert, "id"> {
  const thresholdAmount = readTerms(call, 0);
  const channel = required(call.body.object("notification_channel"), "notification_channel");
  required(channel.oneOf("type", ["email"]), "notification_channel.type");
  const recipients = required(channel.texts("recipients"), "notification_channel.recipients");
  return { thresholdAmount, recipients, subjectPrefix: channel.text("subject_prefix") ?? null };
}

function renderAlert(owner: Owner, alert: SpendAlert): { id: string } & Record<string, unknown> {
  return {
    id: alert.id,
    object: `${owner.object}.spend_alert`,
    threshold_amount: alert.thresholdAmount,
    currency: "USD",
    interval: "month",
    notification_channel: { type: "email", recipients: alert.recipients, subject_prefix: alert.subjectPrefix },
  };
}
