import { ApiError, badRequest } from "../http/errors";
import { idList } from "../http/lists";
import { type Call, get, post, type Route } from "../http/router";
import { ceilingOf, rateLimitFields, rateLimitsOf } from "../org/rate-limits";
import type { RateLimit } from "../org/types";
import { findActiveProject } from "./projects";
import { recordAudit } from "./record-audit";

const list = "/organization/projects/{project_id}/rate_limits";

export const rateLimitRoutes: Route[] = [
  get(list, (call) => {
    const limits = rateLimitsOf(call.org, knownProject(call)).map((limit) => renderLimit(limit));
    return idList(limits, call.query, { max: 100, fallback: 100 });
  }),
  post(`${list}/{rate_limit_id}`, updateLimit),
];

/** These operations answer an unknown project with a flat error, unlike all others. */
function knownProject(call: Call): string {
  const id = call.params.project_id ?? "";
  if (call.org.projects.some((project) => project.id === id)) return id;
  throw new ApiError(404, `The project ${id} was not found`, { isFlat: true });
}

function renderLimit(limit: RateLimit): { id: string } & Record<string, unknown> {
  return { object: "project.rate_limit", id: limit.id, model: limit.model, ...limit.limits };
}

function updateLimit(call: Call): object {
  knownProject(call);
  const project = findActiveProject(call);
  const id = call.params.rate_limit_id ?? "";
  const limit = rateLimitsOf(call.org, project.id).find((item) => item.id === id);
  if (!limit) throw new ApiError(404, `The rate limit ${id} was not found`, { code: "not_found" });
  const ceiling = ceilingOf(limit.model);
  const changes: Record<string, number> = {};
  for (const field of rateLimitFields) {
    const value = call.body.integer(field);
    if (value === undefined) continue;
    const most = ceiling[field];
    if (most === undefined)
      throw badRequest(`'${field}' does not apply to model '${limit.model}'.`, field, "invalid_value");
    if (value < 0 || value > most) {
      throw badRequest(
        `'${field}' must be between 0 and the organization's limit of ${most}.`,
        field,
        "rate_limit_exceeds_organization_limit",
      );
    }
    changes[field] = value;
  }
  Object.assign(limit.limits, changes);
  recordAudit(call, "rate_limit.updated", { project, resourceId: id, details: { id, changes_requested: changes } });
  return renderLimit(limit);
}
