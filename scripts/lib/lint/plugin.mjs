// Rules of this project, for the linter (.oxlintrc.json). It finds them by the default export.

const environmentInOnePlace = refuse({
  message: "Only server/env.ts reads the environment: add the variable there, with its type and default.",
  visit: (report) => ({
    MemberExpression: (node) => {
      if (isNamed(node.object, "process") && isNamed(node.property, "env")) report(node);
    },
  }),
});

const namedExports = refuse({
  message: "Named exports only, so that a thing has one name everywhere.",
  visit: (report) => ({ ExportDefaultDeclaration: report }),
});

const noSkippedTests = refuse({
  message: "A test that does not run tells nobody. Make it pass, or remove it.",
  visit: (report) => ({
    MemberExpression: (node) => {
      const isTest = isNamed(node.object, "it", "test", "describe");
      if (isTest && isNamed(node.property, "skip", "only", "todo", "fixme", "skipIf")) report(node);
    },
  }),
});

const noFullLoad = refuse({
  message: "Pages of ours are reached by the router, without loading everything anew; where that is meant, say why.",
  visit: (report) => ({
    CallExpression: ({ callee, arguments: [url] }) => {
      if (isMemberOfLocation(callee, "assign") && url && isOwnPage(url)) report(callee);
    },
    AssignmentExpression: ({ left, right }) => {
      if (isMemberOfLocation(left, "href") && isOwnPage(right)) report(left);
    },
  }),
});

export default {
  meta: { name: "tollkeeper" },
  rules: {
    "environment-in-one-place": environmentInOnePlace,
    "named-exports": namedExports,
    "no-full-load": noFullLoad,
    "no-skipped-tests": noSkippedTests,
  },
};

/**
 * A rule with one message.
 * @param {{ message: string, visit: (report: (node: object) => void) => Record<string, (node: object) => void> }} rule
 */
function refuse({ message, visit }) {
  return { create: (context) => visit((node) => context.report({ node, message })) };
}

function isNamed(node, ...names) {
  return node.type === "Identifier" && names.includes(node.name);
}

/** `location.assign`, also of `window`, `document`, `globalThis` and `self`. */
function isMemberOfLocation(node, name) {
  if (node.type !== "MemberExpression" || !isNamed(node.property, name)) return false;
  const { object } = node;
  if (object.type !== "MemberExpression") return isNamed(object, "location");
  return isNamed(object.property, "location") && isNamed(object.object, "window", "document", "globalThis", "self");
}

/** Written with a beginning that is no `https:` and no `//`; what a variable holds is not known. */
function isOwnPage(url) {
  const beginning = writtenBeginning(url);
  return beginning !== undefined && !/^(?:[a-z][\d+.a-z-]*:|\/\/)/i.test(beginning);
}

function writtenBeginning(node) {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral") return node.quasis[0].value.cooked;
  if (node.type === "BinaryExpression" && node.operator === "+") return writtenBeginning(node.left);
  return undefined;
}
