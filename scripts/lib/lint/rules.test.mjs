import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { fromRoot, packages } from "../paths.mjs";

const component = "components/example.tsx";
const serverFile = "server/example.ts";
const page = "app/example/page.tsx";
const inPage = (html) => `export default function Page() {\n  return <div>${html}</div>;\n}`;
const inComponent = (code) => `export function Example({ id, on }) {\n${code}\n}`;
const react = `import { useEffect, useMemo, useRef, useState } from "react";\n`;
const script = `import Script from "next/script";\n`;
const head = `import Head from "next/head";\n`;
const html = `import Document, { Head, Html } from "next/document";\n`;
const inDocument = (body) =>
  `${html}export class MyDocument extends Document {\n  render() {\n    return <Html>${body}</Html>;\n  }\n}`;

/** For each rule, something that it refuses, and where. */
const refused = {
  "eslint/eqeqeq": [serverFile, `export const a = (b: string) => b == "c";`],
  "eslint/max-lines": [serverFile, "export const a = [\n" + "  1,\n".repeat(400) + "];"],
  "eslint/max-params": [serverFile, `export const a = (b, c, d, e, f) => [b, c, d, e, f];`],
  "eslint/no-array-constructor": [serverFile, `export const a = new Array(1, 2);`],
  "eslint/no-console": [serverFile, `console.log("a");`],
  "eslint/no-unused-expressions": [serverFile, `export const a = (b) => {\n  b && b.c;\n};`],
  "eslint/no-unused-vars": [serverFile, `const a = 1;`],
  "eslint/no-var": [serverFile, `export var a = 1;`],
  "eslint/prefer-const": [serverFile, `let a = 1;\nexport const b = () => a;`],
  "eslint/prefer-rest-params": [serverFile, `export function a() {\n  return arguments;\n}`],
  "eslint/prefer-spread": [serverFile, `export const a = (b, c) => b.apply(undefined, c);`],

  "tollkeeper/environment-in-one-place": [serverFile, `export const a = process.env.A;`],
  "tollkeeper/named-exports": [serverFile, `export default 1;`],
  "tollkeeper/no-full-load": [component, "export const a = (b) => window.location.assign(`/${b}`);"],
  "tollkeeper/no-skipped-tests": ["server/example.test.ts", `it.skip("a", () => {});`],

  "typescript/ban-ts-comment": [serverFile, `// @ts-ignore\nexport const a = 1;`],
  "typescript/no-duplicate-enum-values": [serverFile, `export enum A {\n  B = 1,\n  C = 1,\n}`],
  "typescript/no-empty-object-type": [serverFile, `export type A = {};`],
  "typescript/no-explicit-any": [serverFile, `export const a = (b: any) => b;`],
  "typescript/no-extra-non-null-assertion": [serverFile, `export const a = (b?: string) => b!!.length;`],
  "typescript/no-floating-promises": [serverFile, `export const a = () => {\n  Promise.resolve(1);\n};`],
  "typescript/no-misused-new": [serverFile, `export interface A {\n  new (): A;\n}`],
  "typescript/no-namespace": [serverFile, `export namespace A {\n  export const b = 1;\n}`],
  "typescript/no-non-null-asserted-optional-chain": [serverFile, `export const a = (b?: { c: string }) => b?.c!;`],
  "typescript/no-non-null-assertion": [serverFile, `export const a = (b?: string) => b!;`],
  "typescript/no-require-imports": [serverFile, `import a = require("a");\nexport const b = a;`],
  "typescript/no-this-alias": [serverFile, `export function a() {\n  const b = this;\n  return () => b;\n}`],
  "typescript/no-unnecessary-type-constraint": [serverFile, `export type A<B extends unknown> = B[];`],
  "typescript/no-unsafe-declaration-merging": [serverFile, `export interface A {\n  b: 1;\n}\nexport class A {}`],
  "typescript/no-unsafe-function-type": [serverFile, `export type A = Function;`],
  "typescript/no-wrapper-object-types": [serverFile, `export type A = String;`],
  "typescript/prefer-as-const": [serverFile, `export const a = "b" as "b";`],
  "typescript/prefer-namespace-keyword": [serverFile, `module A {\n  export const b = 1;\n}\nexport const c = A.b;`],
  "typescript/switch-exhaustiveness-check": [
    serverFile,
    `export function a(b: "c" | "d") {\n  switch (b) {\n    case "c":\n      return 1;\n  }\n}`,
  ],
  "typescript/triple-slash-reference": [serverFile, `/// <reference path="./a" />\nexport const a = 1;`],

  "react/display-name": [component, `import { memo } from "react";\nexport const A = memo(() => <p />);`],
  "react/error-boundaries": [
    component,
    `${inComponent("  try {\n    return <Child id={id} />;\n  } catch {\n    return on;\n  }")}\nfunction Child({ id }) {\n  return <p>{id}</p>;\n}`,
  ],
  "react/exhaustive-deps": [component, react + inComponent("  useEffect(() => on(id), [on]);\n  return <p />;")],
  "react/globals": [component, `let last;\n${inComponent("  last = id;\n  return <p>{last}</p>;")}`],
  "react/immutability": [component, inComponent("  id.a = on;\n  return <p>{id.a}</p>;")],
  "react/jsx-key": [component, inComponent("  return on.map((a) => <p>{a}</p>);")],
  "react/jsx-no-comment-textnodes": [component, inComponent("  return <p>// a</p>;")],
  "react/jsx-no-duplicate-props": [component, inComponent(`  return <p id="a" id="b" />;`)],
  "react/jsx-no-undef": [component, inComponent("  return <Missing />;")],
  "react/no-children-prop": [component, inComponent(`  return <p children="a" />;`)],
  "react/no-danger-with-children": [component, inComponent("  return <p dangerouslySetInnerHTML={on}>a</p>;")],
  "react/no-direct-mutation-state": [
    component,
    `import { Component } from "react";\nexport class A extends Component {\n  render() {\n    this.state.a = 1;\n    return <p />;\n  }\n}`,
  ],
  "react/no-find-dom-node": [
    component,
    `import { findDOMNode } from "react-dom";\nexport const a = (b) => findDOMNode(b);`,
  ],
  "react/no-is-mounted": [
    component,
    `import { Component } from "react";\nexport class A extends Component {\n  a() {\n    return this.isMounted();\n  }\n}`,
  ],
  "react/no-render-return-value": [
    component,
    `import ReactDOM from "react-dom";\nexport const a = ReactDOM.render(<p />, document.body);`,
  ],
  "react/no-string-refs": [component, inComponent(`  return <p ref="a" />;`)],
  "react/no-unescaped-entities": [component, inComponent(`  return <p>It's</p>;`)],
  "react/no-unsafe": [
    component,
    `import { Component } from "react";\nexport class A extends Component {\n  UNSAFE_componentWillMount() {}\n}`,
  ],
  "react/preserve-manual-memoization": [
    component,
    react + inComponent("  const a = useMemo(() => [id.current], [id?.current]);\n  return a;"),
  ],
  "react/purity": [component, inComponent("  return <p>{Math.random()}</p>;")],
  "react/refs": [component, react + inComponent("  const a = useRef(id);\n  return <p>{a.current}</p>;")],
  "react/require-render-return": [
    component,
    `import { Component } from "react";\nexport class A extends Component {\n  render() {\n    this.a();\n  }\n}`,
  ],
  "react/rules-of-hooks": [component, react + inComponent("  if (id) useEffect(on, [on]);\n  return <p />;")],
  "react/set-state-in-effect": [
    component,
    react + inComponent("  const [a, setA] = useState(id);\n  useEffect(() => {\n    setA(1);\n  }, []);\n  return a;"),
  ],
  "react/set-state-in-render": [
    component,
    react + inComponent("  const [a, setA] = useState(id);\n  setA(1);\n  return a;"),
  ],
  "react/static-components": [component, inComponent("  const A = () => <p>{id}</p>;\n  return <A />;")],
  "react/unsupported-syntax": [component, inComponent("  eval(id);\n  return <p />;")],
  "react/use-memo": [component, react + inComponent("  const a = useMemo(async () => on(id), [on, id]);\n  return a;")],

  "nextjs/google-font-display": [
    page,
    inPage(`<link href="https://fonts.googleapis.com/css2?family=A" rel="stylesheet" />`),
  ],
  "nextjs/google-font-preconnect": [page, inPage(`<link href="https://fonts.gstatic.com" />`)],
  "nextjs/inline-script-id": [page, script + inPage("<Script>{`a`}</Script>")],
  "nextjs/next-script-for-ga": [page, inPage(`<script async src="https://www.googletagmanager.com/gtag/js?id=A" />`)],
  "nextjs/no-assign-module-variable": [component, "let module = 1;\nexport const a = () => module++;"],
  "nextjs/no-async-client-component": [
    component,
    `"use client";\nexport default async function A() {\n  return <p />;\n}`,
  ],
  "nextjs/no-before-interactive-script-outside-document": [
    "components/pages/example.tsx",
    `${script}export const A = () => <Script src="/a.js" strategy="beforeInteractive" />;`,
  ],
  "nextjs/no-css-tags": [page, inPage(`<link href="/a.css" rel="stylesheet" />`)],
  "nextjs/no-document-import-in-page": ["pages/example.tsx", `${html}export const a = [Document, Head, Html];`],
  "nextjs/no-duplicate-head": ["pages/example/_document.tsx", inDocument("<Head />\n<Head />")],
  "nextjs/no-head-element": ["pages/example.tsx", "export const A = () => <head />;"],
  "nextjs/no-head-import-in-document": ["pages/example/_document.tsx", `${head}export const A = () => <Head />;`],
  "nextjs/no-html-link-for-pages": [page, inPage(`<a href="/example">a</a>`)],
  "nextjs/no-img-element": [page, inPage(`<img alt="" src="/a.png" />`)],
  "nextjs/no-page-custom-font": [
    "pages/example.tsx",
    `${head}export const A = () => (\n  <Head>\n    <link href="https://fonts.googleapis.com/css2?family=A&display=optional" />\n  </Head>\n);`,
  ],
  "nextjs/no-script-component-in-head": [page, script + head + inPage(`<Head><Script src="/a.js" /></Head>`)],
  "nextjs/no-styled-jsx-in-document": ["pages/example/_document.tsx", inDocument("<style jsx>{`a`}</style>")],
  "nextjs/no-sync-scripts": [page, inPage(`<script src="/a.js" />`)],
  "nextjs/no-title-in-document-head": ["pages/example/_document.tsx", inDocument("<Head><title>a</title></Head>")],
  "nextjs/no-typos": ["pages/example.tsx", "export async function getServerSideprops() {}"],
  "nextjs/no-unwanted-polyfillio": [
    page,
    inPage(`<script async src="https://polyfill.io/v3/polyfill.min.js?features=Object.fromEntries" />`),
  ],

  "jsx-a11y/alt-text": [component, inComponent("  return <Image src={id} />;")],
  "jsx-a11y/aria-props": [component, inComponent(`  return <p aria-lable="a" />;`)],
  "jsx-a11y/aria-proptypes": [component, inComponent(`  return <p aria-hidden="maybe" />;`)],
  "jsx-a11y/aria-unsupported-elements": [component, inComponent(`  return <meta aria-hidden="true" />;`)],
  "jsx-a11y/role-has-required-aria-props": [component, inComponent(`  return <p role="checkbox" />;`)],
  "jsx-a11y/role-supports-aria-props": [component, inComponent(`  return <p role="img" aria-checked />;`)],
};

/** What the rules of our own leave alone, and where. */
const allowed = {
  "the environment where it belongs": ["server/env.ts", `export const a = process.env.A;`],
  "the environment in a test": ["server/example.test.ts", `process.env.A = "a";`],
  "a page's default export": [page, inPage("a")],
  "a terminal's output": ["cli/example.ts", `console.log("a");`],
  "a hook's name outside of React": [
    "server/example.ts",
    `export const a = (b) => b && useProxy();\nfunction useProxy() {}`,
  ],
  "the time of day in a page": [page, inPage("{Date.now()}")],
  "a test that runs": ["server/example.test.ts", `it.each([1])("a", () => {});`],
  "another site": [component, `export const a = () => window.location.assign("https://example.com");`],
  "an address that is not known": [component, "export const a = (url) => location.assign(url);"],
};

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-lint-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

for (const file of [".oxlintrc.json", "scripts/lib/lint/plugin.mjs"]) write(file, fs.readFileSync(fromRoot(file)));
const examples = { ...refused, ...allowed };
for (const [name, [file, code]] of Object.entries(examples)) write(place(name, file), code);
const { diagnostics } = oxlint("--format=json");

it.each(Object.keys(refused))("%s is enforced", (rule) => {
  expect(foundIn(rule)).toContain(rule);
});

it.each(Object.keys(allowed))("%s is allowed", (name) => {
  expect(foundIn(name)).toEqual([]);
});

it("every rule has its example", () => {
  const withoutComments = fs.readFileSync(fromRoot(".oxlintrc.json"), "utf8").replaceAll(/^ *\/\/.*/gm, "");
  const { rules, overrides } = JSON.parse(withoutComments);
  const names = [rules, ...overrides.map((override) => override.rules)].flatMap(Object.keys);
  expect([...new Set(names)].sort()).toEqual(Object.keys(refused).sort());
});

/** @returns {string[]} names of the rules that refuse an example, as they are written in the configuration */
function foundIn(name) {
  const file = place(name, examples[name][0]);
  return diagnostics.filter(({ filename }) => filename === file).map(({ code }) => ruleName(code));
}

/** A file of its own for each example. */
function place(name, file) {
  return file.replace("example", name.replaceAll(/\W/g, "-"));
}

/** Diagnostics say `next(no-typos)` and `react-hooks(exhaustive-deps)`. */
function ruleName(code) {
  const [, plugin, rule] = code.match(/^(.+)\((.+)\)$/);
  return `${{ next: "nextjs", "react-hooks": "react" }[plugin] ?? plugin}/${rule}`;
}

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  fs.writeFileSync(path.join(dir, file), text);
}

function oxlint(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [packages.oxlint, ...args], { cwd: dir, encoding: "utf8" });
  if (!stdout.startsWith("{")) throw new Error(`oxlint did not lint: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}
