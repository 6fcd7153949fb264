import nextVitals from "eslint-config-next/core-web-vitals";
import nextTypescript from "eslint-config-next/typescript";
import { defineConfig, globalIgnores } from "eslint/config";

const tests = ["**/*.test.{ts,tsx,mjs}", "**/testing/**", "e2e/**"];

/** Programs of their own, which no other part imports, and the configuration of tools. */
const readsItsOwnEnvironment = [
  "server/env.ts",
  "sandbox/**",
  "scripts/**",
  "cli/{bin.mjs,installation.ts}",
  "bench/**",
  "e2e/**",
  "*.config.{ts,mjs}",
];

/** Next and other tools find these by their default export. */
const foundByDefaultExport = [
  "app/**/{page,layout,template,default,loading,error,global-error,not-found,sitemap,robots,manifest}.{ts,tsx}",
  "app/**/{icon,apple-icon,opengraph-image,twitter-image}*.tsx",
  "i18n/request.ts",
  "proxy.ts",
  "*.config.{ts,mjs}",
];

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Only server/env.ts reads the environment: add the variable there, with its type and default.",
};
const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Named exports only, so that a thing has one name everywhere.",
};
const skippedTest = {
  selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|fixme|skipIf)$/]",
  message: "A test that does not run tells nobody. Make it pass, or remove it.",
};

export default defineConfig([
  globalIgnores([
    ".next*/**",
    ".tollkeeper/**",
    "server/db/generated/**",
    "next-env.d.ts",
    "test-results/**",
    "coverage/**",
  ]),
  ...nextVitals,
  ...nextTypescript,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 400 }],
      "max-params": ["error", { max: 4 }],
      "no-console": "error",
      "no-restricted-syntax": ["error", environment, defaultExport, skippedTest],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/no-unused-expressions": "error",
    },
  },
  {
    // A promise nobody waits for loses its error. Needs types, which only these files have at hand.
    files: ["{app,components,server,workers,cli,sandbox,bench}/**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: readsItsOwnEnvironment,
    rules: { "no-restricted-syntax": ["error", defaultExport, skippedTest] },
  },
  {
    files: foundByDefaultExport,
    rules: { "no-restricted-syntax": ["error", environment, skippedTest] },
  },
  {
    files: foundByDefaultExport
      .filter((glob) => readsItsOwnEnvironment.includes(glob))
      .concat("server/testing/global-setup.ts"),
    rules: { "no-restricted-syntax": ["error", skippedTest] },
  },
  {
    // Programs that talk to a terminal.
    files: ["scripts/**", "sandbox/**", "cli/**", "bench/**", "e2e/**"],
    rules: { "no-console": "off" },
  },
  {
    // Rules about React mistake any function called use…
    files: ["{server,workers,cli,sandbox,scripts,bench,e2e}/**"],
    rules: { "react-hooks/rules-of-hooks": "off" },
  },
  {
    // Pages and layouts are rendered once, on the server: the time of day is an input there.
    files: ["app/**/{page,layout}.tsx"],
    rules: { "react-hooks/purity": "off" },
  },
  {
    // Advice for the React compiler, which is not used.
    rules: { "react-hooks/incompatible-library": "off", "import/no-anonymous-default-export": "off" },
  },
  {
    // A table of cases explains itself, a test may set the variable it is about.
    files: tests,
    rules: {
      "max-lines": "off",
      "max-params": "off",
      "react/display-name": "off",
      "no-restricted-syntax": ["error", skippedTest],
    },
  },
]);
