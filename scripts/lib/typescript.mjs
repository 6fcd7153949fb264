/**
 * What follows `node` to run TypeScript as it is.
 * @param {string} file from the checkout
 */
export const typescript = (file) => ["--import", import.meta.resolve("tsx"), file];
