/** Who runs the installation under test: named in its environment, so that nobody else is it. */
export const operator = { name: "Operator", email: "operator@example.com", password: "the operator's long words" };
