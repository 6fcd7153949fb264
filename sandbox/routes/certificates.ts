import { get, type Route } from "../http/router";
import { findProject } from "./projects";

const nothing = { object: "list", data: [], first_id: null, last_id: null, has_more: false };

/** The sandbox's organizations use no mTLS certificates. */
export const certificateRoutes: Route[] = [
  get("/organization/certificates", () => nothing),
  get("/organization/projects/{project_id}/certificates", (call) => {
    findProject(call);
    return nothing;
  }),
];
