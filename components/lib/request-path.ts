/** Request header in which proxy.ts hands the page's own path to server components. */
export const PATH_HEADER = "x-tollkeeper-path";
