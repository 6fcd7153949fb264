import { reservedSlugs } from "@/server/orgs/schema";

const MAX_LENGTH = 48;

/** A readable slug for a name in any script: "Acme Robotics, Inc." -> "acme-robotics-inc", "삼성" -> "org". */
export function slugify(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, "");
  if (plain === "") return "org";
  return reservedSlugs.has(plain) ? `${plain}-org` : plain;
}
