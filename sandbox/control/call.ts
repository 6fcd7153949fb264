import type { Body } from "../http/body";
import { badRequest } from "../http/errors";
import type { Query } from "../http/query";
import type { Organization } from "../org/types";
import type { SandboxState } from "../state";

export interface ControlCall {
  sandbox: SandboxState;
  query: Query;
  body: Body;
}

export type ControlHandler = (call: ControlCall) => object;

/** The organization that a call names by slug or id; Acme without a name. */
export function readOrganization(call: ControlCall): Organization {
  const name = call.body.text("organization") ?? call.query.text("organization") ?? "acme";
  const org = call.sandbox.organizations.bySlug(name);
  if (!org) throw badRequest(`no organization '${name}': use acme, beacon or empty`, "organization");
  return org;
}
