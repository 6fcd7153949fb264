import type { AdminKey, Organization, Scope } from "../org/types";
import type { SandboxState } from "../state";
import type { Body } from "./body";
import type { Query } from "./query";

/** One authenticated call of the admin API. */
export interface Call {
  sandbox: SandboxState;
  org: Organization;
  key: AdminKey;
  query: Query;
  body: Body;
  params: Readonly<Record<string, string>>;
  /** Unix seconds by the sandbox's clock. */
  now: number;
}

/** JSON that is already text or its UTF-8, in pieces, so that large pages need not be held as objects. */
export class JsonText {
  constructor(readonly pieces: Iterable<string | Buffer>) {}
}

export type Handler = (call: Call) => object | JsonText;

export interface Route {
  method: "GET" | "POST" | "DELETE";
  /** Segments in braces are parameters: "/organization/projects/{project_id}". */
  path: string;
  scope: Scope;
  handler: Handler;
}

export function get(path: string, handler: Handler, scope: Scope = "api.management.read"): Route {
  return { method: "GET", path, scope, handler };
}

export function post(path: string, handler: Handler): Route {
  return { method: "POST", path, scope: "api.management.write", handler };
}

export function del(path: string, handler: Handler): Route {
  return { method: "DELETE", path, scope: "api.management.write", handler };
}

interface Node {
  fixed: Map<string, Node>;
  parameter: { name: string; node: Node } | null;
  routes: Map<string, { route: Route; names: string[] }>;
}

interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Finds routes by path; a fixed segment wins over a parameter. */
export class Router {
  private readonly root: Node = newNode();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.insert(route);
  }

  /** The match, "method" when only the method is wrong, or null. */
  find(method: string, path: string): Match | "method" | null {
    let node: Node | undefined = this.root;
    const values: string[] = [];
    for (const segment of path.split("/").slice(1)) {
      const fixed: Node | undefined = node.fixed.get(segment);
      if (!fixed && node.parameter) values.push(decode(segment));
      node = fixed ?? node.parameter?.node;
      if (!node) return null;
    }
    const found = node.routes.get(method);
    if (!found) return node.routes.size > 0 ? "method" : null;
    return {
      route: found.route,
      params: Object.fromEntries(found.names.map((name, index) => [name, values[index] ?? ""])),
    };
  }

  private insert(route: Route): void {
    let node = this.root;
    const names: string[] = [];
    for (const segment of route.path.split("/").slice(1)) {
      const parameter = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (parameter !== undefined) {
        names.push(parameter);
        node.parameter ??= { name: parameter, node: newNode() };
        node = node.parameter.node;
      } else {
        const next = node.fixed.get(segment) ?? newNode();
        node.fixed.set(segment, next);
        node = next;
      }
    }
    node.routes.set(route.method, { route, names });
  }
}

function newNode(): Node {
  return { fixed: new Map(), parameter: null, routes: new Map() };
}

/** An id with a broken escape is just an unknown id. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
