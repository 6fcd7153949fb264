"use client";

import { useSyncExternalStore } from "react";

/** What the browser knows and the server does not, and what never changes: the server and the first paint say `before`. */
export const useBrowserValue = <T extends string | number | boolean>(read: () => T, before: T): T =>
  useSyncExternalStore(neverChanges, read, () => before);

const neverChanges = () => () => {};
