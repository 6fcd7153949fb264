import { required } from "../http/body";
import { badRequest } from "../http/errors";
import { type Call, del, get, post, type Route } from "../http/router";
import { hostedTools, policyOf } from "../org/policies";
import type { ProjectPolicy } from "../org/types";
import { findActiveProject, findProject } from "./projects";
import { recordAudit } from "./record-audit";

const project = "/organization/projects/{project_id}";
const retentionTypes = [
  "zero_data_retention",
  "modified_abuse_monitoring",
  "enhanced_zero_data_retention",
  "enhanced_modified_abuse_monitoring",
] as const;

export const policyRoutes: Route[] = [
  get("/organization/data_retention", (call) => ({
    object: "organization.data_retention",
    type: call.org.dataRetention,
  })),
  post("/organization/data_retention", (call) => {
    call.org.dataRetention = required(call.body.oneOf("retention_type", retentionTypes), "retention_type");
    recordAudit(call, "organization.updated", { resourceId: call.org.id, details: { id: call.org.id } });
    return { object: "organization.data_retention", type: call.org.dataRetention };
  }),
  get(`${project}/data_retention`, (call) => renderRetention(read(call))),
  post(`${project}/data_retention`, (call) => {
    const policy = write(call);
    policy.dataRetention = required(
      call.body.oneOf("retention_type", ["organization_default", "none", ...retentionTypes]),
      "retention_type",
    );
    return renderRetention(policy);
  }),
  get(`${project}/hosted_tool_permissions`, (call) => renderTools(read(call))),
  post(`${project}/hosted_tool_permissions`, updateTools),
  get(`${project}/model_permissions`, (call) => renderModels(read(call))),
  post(`${project}/model_permissions`, updateModels),
  del(`${project}/model_permissions`, (call) => {
    write(call).modelPermissions = null;
    return { object: "project.model_permissions.deleted", deleted: true };
  }),
  get(`${project}/service_tier_settings`, (call) => renderTiers(read(call))),
  post(`${project}/service_tier_settings`, updateTiers),
];

const read = (call: Call): ProjectPolicy => policyOf(call.org, findProject(call).id);
const write = (call: Call): ProjectPolicy => policyOf(call.org, findActiveProject(call).id);

function renderRetention(policy: ProjectPolicy): object {
  return { object: "project.data_retention", type: policy.dataRetention };
}

function renderTools(policy: ProjectPolicy): object {
  return Object.fromEntries(Object.entries(policy.hostedTools).map(([tool, enabled]) => [tool, { enabled }]));
}

function updateTools(call: Call): object {
  const policy = write(call);
  for (const tool of hostedTools) {
    const change = call.body.object(tool);
    if (change) policy.hostedTools[tool] = required(change.boolean("enabled"), `${tool}.enabled`);
  }
  return renderTools(policy);
}

/** A project without restriction denies nothing. */
function renderModels(policy: ProjectPolicy): object {
  const { mode, modelIds } = policy.modelPermissions ?? { mode: "deny_list", modelIds: [] };
  return { object: "project.model_permissions", mode, model_ids: modelIds };
}

function updateModels(call: Call): object {
  const policy = write(call);
  const mode = required(call.body.oneOf("mode", ["allow_list", "deny_list"]), "mode");
  policy.modelPermissions = { mode, modelIds: required(call.body.texts("model_ids"), "model_ids") };
  return renderModels(policy);
}

function renderTiers(policy: ProjectPolicy): object {
  return {
    object: "project.service_tier_settings",
    default: policy.serviceTier.default,
    enabled_tiers: policy.serviceTier.enabledTiers,
  };
}

function updateTiers(call: Call): object {
  const policy = write(call);
  const enabled = call.body.raw("enabled_tiers") === "all" ? "all" : call.body.texts("enabled_tiers");
  const unknown =
    enabled === "all" ? undefined : enabled?.find((tier) => !["flex", "fast", "ultrafast"].includes(tier));
  if (unknown !== undefined) throw badRequest(`Invalid tier: '${unknown}'.`, "enabled_tiers", "invalid_value");
  policy.serviceTier = {
    default: call.body.oneOf("default", ["standard", "fast", "scale"]) ?? policy.serviceTier.default,
    enabledTiers: enabled ?? policy.serviceTier.enabledTiers,
  };
  return renderTiers(policy);
}
