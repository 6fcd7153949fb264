import type { Route } from "../http/router";
import { costRoutes } from "./costs";
import { projectRoutes } from "./projects";
import { usageRoutes } from "./usage";

/** Every operation of the admin API that the sandbox answers, relative to /v1. */
export const routes: Route[] = [...costRoutes, ...usageRoutes, ...projectRoutes];
