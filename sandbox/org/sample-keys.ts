import type { AdminKey, Organization, Scope } from "./types";

const everything: Scope[] = ["api.usage.read", "api.management.read", "api.management.write"];

interface SampleKey {
  slug: Organization["slug"];
  value: string;
  name: string;
  kind: AdminKey["kind"];
  scopes: Scope[];
}

/** Published keys of the sandbox: they open nothing but invented data. */
export const sampleKeys: readonly SampleKey[] = [
  { slug: "acme", value: "sk-admin-sandbox-acme-readwrite", name: "Tollkeeper", kind: "admin", scopes: everything },
  {
    slug: "acme",
    value: "sk-admin-sandbox-acme-readonly",
    name: "Tollkeeper, read only",
    kind: "admin",
    scopes: ["api.usage.read", "api.management.read"],
  },
  {
    slug: "acme",
    value: "sk-admin-sandbox-acme-usage",
    name: "Finance export",
    kind: "admin",
    scopes: ["api.usage.read"],
  },
  {
    slug: "acme",
    value: "sk-admin-sandbox-acme-directory",
    name: "IT directory",
    kind: "admin",
    scopes: ["api.management.read"],
  },
  { slug: "acme", value: "sk-proj-sandbox-acme", name: "vision-prod", kind: "project", scopes: [] },
  { slug: "acme", value: "sk-svcacct-sandbox-acme", name: "copilot-prod", kind: "project", scopes: [] },
  { slug: "beacon", value: "sk-admin-sandbox-beacon", name: "Tollkeeper", kind: "admin", scopes: everything },
  { slug: "empty", value: "sk-admin-sandbox-empty", name: "Tollkeeper", kind: "admin", scopes: everything },
];
