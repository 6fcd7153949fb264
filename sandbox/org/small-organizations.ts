import type { OrganizationPlan } from "./blueprint";

export const beacon: OrganizationPlan = {
  slug: "beacon",
  id: "org-sandboxbeacon",
  name: "Beacon Labs",
  users: [
    { name: "Ada Beacon", email: "ada@beacon-labs.example", isOwner: true, addedOffset: 0 },
    { name: "Bruno Keller", email: "bruno@beacon-labs.example", addedOffset: 3 },
    { name: "Mei Wong", email: "mei@beacon-labs.example", addedOffset: 41 },
  ],
  projects: [
    {
      name: "Default project",
      createdOffset: 0,
      busyness: 0.6,
      utcOffset: 0,
      owner: 0,
      members: [1, 2],
      serviceAccounts: [],
      models: ["gpt-5.4-mini-2026-03-17"],
      rhythm: "office",
    },
    {
      name: "Lighthouse",
      createdOffset: 15,
      busyness: 1.4,
      utcOffset: 8,
      owner: 1,
      members: [2],
      serviceAccounts: ["lighthouse-api"],
      models: ["gpt-6.2-sol", "gpt-6-luna"],
      rhythm: "service",
      tools: ["embeddings"],
    },
  ],
  groups: [],
};

export const coldStart: OrganizationPlan = {
  slug: "empty",
  id: "org-sandboxempty",
  name: "Cold Start",
  users: [{ name: "First Person", email: "first@cold-start.example", isOwner: true, addedOffset: 0 }],
  projects: [
    {
      name: "Default project",
      createdOffset: 0,
      busyness: 0,
      utcOffset: 0,
      owner: 0,
      members: [],
      serviceAccounts: [],
      models: [],
      rhythm: "office",
    },
  ],
  groups: [],
};
