import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      // Our own sizes: without this, `text-13` would be taken for a colour and dropped.
      "font-size": [{ text: ["2xs", "13"] }],
      shadow: [{ shadow: ["raised", "overlay"] }],
    },
  },
});

/** Joins class names; of two Tailwind classes for the same property, the later one wins. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
