import { parseInstant } from "../clock";
import { costGroupings } from "../generate/cost-groups";
import { endpoints, type UsageEndpoint, usageEndpoints } from "../generate/endpoints";
import { badRequest } from "../http/errors";
import { readGroupBy } from "../routes/group-by";
import { costTruth, type TruthRange, usageTruth } from "../truth";
import { type ControlCall, type ControlHandler, readOrganization } from "./call";

/** What the figures must come to, for tests that compare totals, and who there is to ask about. */
export const truthControls: [string, ControlHandler][] = [
  ["GET /control/truth/costs", costs],
  ["GET /control/truth/usage", usage],
  ["GET /control/organizations", organizations],
];

function costs(call: ControlCall): object {
  const org = readOrganization(call);
  return { organization: org.id, data: costTruth(org, readRange(call), readGroupBy(call.query, costGroupings)) };
}

function usage(call: ControlCall): object {
  const org = readOrganization(call);
  const endpoint = call.query.oneOf<UsageEndpoint>("endpoint", usageEndpoints, "completions");
  const groupBy = readGroupBy(call.query, endpoints[endpoint].groupBy);
  return { organization: org.id, endpoint, data: usageTruth(org, endpoint, { ...readRange(call), groupBy }) };
}

function readRange({ query, sandbox }: ControlCall): TruthRange {
  const now = sandbox.clock.now();
  const from = query.text("from");
  if (from === null) throw badRequest("Missing required parameter: 'from'.", "from");
  const to = query.text("to");
  return { from: parseInstant(from), to: to === null ? now : parseInstant(to), now };
}

function organizations({ sandbox }: ControlCall): object {
  const data = sandbox.organizations.all.map((org) => ({
    id: org.id,
    slug: org.slug,
    name: org.name,
    firstDay: new Date(org.firstDay * 86_400_000).toISOString().slice(0, 10),
    projects: org.projects.length,
    users: org.users.length,
    apiKeys: org.apiKeys.length,
    adminKeys: org.adminKeys.map(({ value, scopes, isRevoked }) => ({ value, scopes, isRevoked })),
  }));
  return { data };
}
