import { secondsPerDay } from "../clock";
import { acme } from "./acme";
import { buildOrganization } from "./build-organization";
import { expandPlan } from "./expand-plan";
import { beacon, coldStart } from "./small-organizations";
import type { AdminKey, Organization } from "./types";

/** 1 January 2025. Founding days move in steps of 52 weeks from here, so that restarts keep the same history. */
const referenceDay = 20_089;
const yearOfWeeks = 364;
const youngestDays = 450;

interface OrganizationsOptions {
  seed: number;
  scale: number;
  historyDays: number;
  now: number;
}

/** All organizations of one sandbox and the keys that open them. */
export class Organizations {
  readonly all: readonly Organization[];

  constructor(options: OrganizationsOptions) {
    const today = Math.floor(options.now / secondsPerDay);
    const foundedDay = referenceDay + Math.floor((today - youngestDays - referenceDay) / yearOfWeeks) * yearOfWeeks;
    const firstDay = Math.max(foundedDay, today - options.historyDays);
    const build = { seed: options.seed, foundedDay, firstDay, today };
    this.all = [
      buildOrganization(expandPlan(acme, options.scale), build),
      buildOrganization(beacon, build),
      buildOrganization(coldStart, build),
    ];
  }

  bySlug(slug: string): Organization | undefined {
    return this.all.find((org) => org.slug === slug || org.id === slug);
  }

  byKey(value: string): { org: Organization; key: AdminKey } | undefined {
    for (const org of this.all) {
      const key = org.adminKeys.find((item) => item.value === value);
      if (key) return { org, key };
    }
    return undefined;
  }
}
