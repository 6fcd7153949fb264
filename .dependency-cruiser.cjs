// Who may import whom. The table is in words in CONTRIBUTING.md; `npm run check` enforces it with this file.

/** From the bottom up: a slice imports only those before it. Routers may import everything on the server. */
const slices = [
  "lib",
  "db",
  "secrets",
  "jobs",
  "mail",
  "audit",
  "auth",
  "orgs",
  "members",
  "sso",
  "tokens",
  "openai",
  "connections",
  "directory",
  "prices",
  "usage",
  "imports",
  "allocation",
  "explore",
  "forecasts",
  "anomalies",
  "reconciliation",
  "exports",
  "chargeback",
  "sync",
  "budgets",
  "alerts",
  "governance",
  "gateway",
  "billing",
];

const ours = "^(app|bench|cli|components|e2e|i18n|prisma|sandbox|scripts|server|workers)/";
const tests = "\\.test\\.(tsx?|mjs)$|/testing/|^e2e/|^bench/|^vitest\\.";

const folder = (names) => `^server/(${names.join("|")})/`;

const downwardOnly = slices.slice(0, -1).map((slice, index) => ({
  name: `server-${slice}-imports-downward`,
  comment: `server/${slice} is below the slices it would import here. Order: ${slices.join(" < ")}.`,
  severity: "error",
  from: { path: folder([slice]), pathNot: `${tests}|/router\\.ts$` },
  to: { path: folder(slices.slice(index + 1)) },
}));

const rule = (name, { comment, from, to }) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule("no-circular", {
      comment: "Modules that need each other are one module, or hide a third one.",
      from: {},
      // A type that points back costs nothing at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    }),
    rule("resolvable", { comment: "What is imported must exist.", from: {}, to: { couldNotResolve: true } }),

    rule("client-side-knows-schemas-only", {
      comment:
        "Components see the server through its schemas and constants (values and types) and the type of the router.",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^server/", pathNot: "^server/[^/]+/(schema|constants)\\.ts$|^server/trpc/root\\.ts$" },
    }),
    rule("router-is-a-type-outside-the-server", {
      comment: "A value import of the router would put the server into the browser's bundle.",
      from: { path: "^(app|components)/" },
      to: { path: "^server/trpc/root\\.ts$", dependencyTypesNot: ["type-only"] },
    }),
    rule("pages-know-schemas-and-helpers-only", {
      comment: "Pages parse, prefetch and compose: schemas, constants, the helpers of server/trpc, and the session.",
      from: { path: "^app/", pathNot: `^app/api/|${tests}` },
      to: {
        path: "^server/",
        pathNot: "^server/[^/]+/(schema|constants)\\.ts$|^server/trpc/|^server/auth/session\\.ts$",
      },
    }),
    rule("api-routes-call-verbs", {
      comment: "Routes adapt verbs; the database client is behind those.",
      from: { path: "^app/api/", pathNot: tests },
      to: { path: "^server/db/(client|tenant|generated)" },
    }),
    rule("components-below-app", {
      comment: "app composes components, never the other way round.",
      from: { path: "^components/" },
      to: { path: "^app/" },
    }),
    rule("web-stands-alone", {
      comment: "Pages and components know no other program.",
      from: { path: "^(app|components)/", pathNot: tests },
      to: { path: "^(bench|cli|e2e|sandbox|scripts|workers)/" },
    }),

    rule("server-imports-nothing-above", {
      comment:
        "The server is below everything that uses it. The helpers that render pages share a few files with the browser.",
      from: { path: "^server/", pathNot: tests },
      to: { path: "^(app|bench|cli|components|e2e|sandbox|scripts|workers)/", pathNot: "^components/lib/" },
    }),
    rule("server-uses-components-lib-in-trpc-only", {
      comment: "Only the helpers of server/trpc, which render pages, share files with the browser.",
      from: { path: "^server/", pathNot: `^server/trpc/|${tests}` },
      to: { path: "^components/" },
    }),
    rule("openai-without-database", {
      comment: "The provider's client works from what it is given.",
      from: { path: "^server/openai/", pathNot: tests },
      to: { path: ours, pathNot: "^server/(openai|lib)/|^server/env\\.ts$" },
    }),
    rule("verbs-do-not-know-their-adapters", {
      comment: "tRPC, the worker and the command line call verbs, never the other way round.",
      from: { path: folder(slices), pathNot: `${tests}|/router\\.ts$` },
      to: { path: "^server/trpc/|/router\\.ts$" },
    }),
    ...downwardOnly,
    rule("generated-client-in-server", {
      comment: "Rows leave the server as what a verb returns.",
      from: { pathNot: "^server/|^prisma/" },
      to: { path: "^server/db/generated/" },
    }),

    rule("workers-import-server", {
      comment: "The worker runs verbs.",
      from: { path: "^workers/", pathNot: tests },
      to: { path: ours, pathNot: "^(workers|server)/" },
    }),
    rule("cli-imports-server", {
      comment: "The command line runs verbs; from the scripts it takes how to reach the installation.",
      from: { path: "^cli/", pathNot: tests },
      to: { path: ours, pathNot: "^(cli|server|scripts/lib)/" },
    }),
    rule("sandbox-imports-nothing", {
      comment: "The sandbox is an independent witness: what it says about OpenAI must not come from our own code.",
      from: { path: "^sandbox/" },
      to: { path: ours, pathNot: "^sandbox/" },
    }),
    rule("scripts-import-nothing", {
      comment: "The scripts work before anything is built.",
      from: { path: "^scripts/", pathNot: tests },
      to: { path: ours, pathNot: "^scripts/" },
    }),

    rule("tests-stay-in-tests", {
      comment: "What is only there for tests is not part of the product.",
      from: { pathNot: tests },
      to: { path: "\\.test\\.(tsx?|mjs)$|/testing/" },
    }),
    rule("no-dev-dependency-in-product", {
      comment: "An installation without development packages must work.",
      from: { path: "^(app|components|server|workers|cli|sandbox|i18n)/", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    }),
  ],
  options: {
    doNotFollow: { path: "node_modules|^server/db/generated" },
    exclude: { path: "^(\\.next|\\.tollkeeper)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    cache: { strategy: "content", compress: false },
  },
};
