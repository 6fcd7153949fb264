import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { focusHeader, toFocusRow } from "@/server/exports/focus-row";
import type { Cell } from "@/server/exports/table";

// Rules of FOCUS 1.2, column by column, as the specification words them. What the provider does not tell is named at the end.

const unknown = fc.constant(null);
const identifier = fc.stringMatching(/^[a-z]{3,5}_[A-Za-z0-9]{4}$/);
const decimalText = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 30 })).map(toDecimal);

function toDecimal([digits, scale]: [bigint, number]): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  return digits < 0n ? `-${whole}` : whole;
}

const lineItem = fc.constantFrom("gpt-6-astra, input_tokens", "Web searches", null);
const charge = fc
  .record({
    amount: decimalText,
    quantity: fc.oneof(unknown, decimalText),
    quantityUnit: fc.constantFrom("tokens", "images", "gibibyte_hours", "input characters", null),
    lineItem,
    projectId: fc.oneof(unknown, identifier),
    apiKeyId: fc.oneof(unknown, identifier),
    currency: fc.constantFrom("usd", "eur"),
    day: fc.integer({ min: 0, max: 2500 }),
    name: fc.oneof(unknown, fc.constant("Research")),
    orgName: fc.oneof(unknown, fc.constant("Acme")),
  })
  .map(({ day, name, orgName, ...given }) => ({
    fact: {
      ...given,
      at: new Date(Date.UTC(2020, 0, 1) + day * 86_400_000),
      model: given.lineItem?.includes(", ") ? "gpt-6-astra" : null,
      seriesId: 1n,
      bucketWidth: "1d",
      userId: null,
      batch: null,
      serviceTier: null,
      moreDimensions: null,
    },
    stream: { id: 1, connectionId: "c", connectionName: "Main", openaiOrgId: "org-1", openaiOrgName: orgName },
    projectName: given.projectId === null ? null : name,
    apiKeyName: given.apiKeyId === null ? null : name,
  }));

type Row = Record<string, Cell>;
const asObject = (cells: readonly Cell[]): Row =>
  Object.fromEntries(focusHeader.map(({ name }, i) => [name, cells[i] ?? null]));

const everyRow = (rule: (row: Row) => void) =>
  fc.assert(
    fc.property(charge, (given) => {
      rule(asObject(toFocusRow(given)));
    }),
    { numRuns: 300 },
  );

type Level = "mandatory" | "conditional" | "recommended";

/** Every column of the specification, its feature level, and whether it may be null. Source: "Cost and Usage", v1.2. */
const specified: Record<string, readonly [Level, "nullable" | "not null"]> = {
  AvailabilityZone: ["recommended", "nullable"],
  BilledCost: ["mandatory", "not null"],
  BillingAccountId: ["mandatory", "not null"],
  BillingAccountName: ["mandatory", "nullable"],
  BillingAccountType: ["conditional", "not null"],
  BillingCurrency: ["mandatory", "not null"],
  BillingPeriodEnd: ["mandatory", "not null"],
  BillingPeriodStart: ["mandatory", "not null"],
  CapacityReservationId: ["conditional", "nullable"],
  CapacityReservationStatus: ["conditional", "nullable"],
  ChargeCategory: ["mandatory", "not null"],
  ChargeClass: ["mandatory", "nullable"],
  ChargeDescription: ["mandatory", "nullable"],
  ChargeFrequency: ["recommended", "not null"],
  ChargePeriodEnd: ["mandatory", "not null"],
  ChargePeriodStart: ["mandatory", "not null"],
  CommitmentDiscountCategory: ["conditional", "nullable"],
  CommitmentDiscountId: ["conditional", "nullable"],
  CommitmentDiscountName: ["conditional", "nullable"],
  CommitmentDiscountQuantity: ["conditional", "nullable"],
  CommitmentDiscountStatus: ["conditional", "nullable"],
  CommitmentDiscountType: ["conditional", "nullable"],
  CommitmentDiscountUnit: ["conditional", "nullable"],
  ConsumedQuantity: ["conditional", "nullable"],
  ConsumedUnit: ["conditional", "nullable"],
  ContractedCost: ["mandatory", "not null"],
  ContractedUnitPrice: ["conditional", "nullable"],
  EffectiveCost: ["mandatory", "not null"],
  InvoiceId: ["recommended", "nullable"],
  InvoiceIssuerName: ["mandatory", "not null"],
  ListCost: ["mandatory", "not null"],
  ListUnitPrice: ["conditional", "nullable"],
  PricingCategory: ["conditional", "nullable"],
  PricingCurrency: ["conditional", "nullable"],
  PricingCurrencyContractedUnitPrice: ["conditional", "nullable"],
  PricingCurrencyEffectiveCost: ["conditional", "nullable"],
  PricingCurrencyListUnitPrice: ["conditional", "nullable"],
  PricingQuantity: ["mandatory", "nullable"],
  PricingUnit: ["mandatory", "nullable"],
  ProviderName: ["mandatory", "not null"],
  PublisherName: ["mandatory", "not null"],
  RegionId: ["conditional", "nullable"],
  RegionName: ["conditional", "nullable"],
  ResourceId: ["conditional", "nullable"],
  ResourceName: ["conditional", "nullable"],
  ResourceType: ["conditional", "nullable"],
  ServiceCategory: ["mandatory", "not null"],
  ServiceName: ["mandatory", "not null"],
  ServiceSubcategory: ["recommended", "not null"],
  SkuId: ["conditional", "nullable"],
  SkuMeter: ["conditional", "nullable"],
  SkuPriceDetails: ["conditional", "nullable"],
  SkuPriceId: ["conditional", "nullable"],
  SubAccountId: ["conditional", "nullable"],
  SubAccountName: ["conditional", "nullable"],
  SubAccountType: ["conditional", "nullable"],
  Tags: ["conditional", "nullable"],
};

/** Conditional and recommended columns that are not written, by what the provider does not have or does not tell. */
const leftOut = {
  "no regions or zones": ["AvailabilityZone", "RegionId", "RegionName"],
  "one type of account and of project": ["BillingAccountType", "SubAccountType"],
  "no reservations": ["CapacityReservationId", "CapacityReservationStatus"],
  "commitments are not told apart in the list of costs": [
    "CommitmentDiscountCategory",
    "CommitmentDiscountId",
    "CommitmentDiscountName",
    "CommitmentDiscountQuantity",
    "CommitmentDiscountStatus",
    "CommitmentDiscountType",
    "CommitmentDiscountUnit",
    "PricingCategory",
  ],
  "invoices are not told": ["InvoiceId"],
  "priced in the currency of the bill": [
    "PricingCurrency",
    "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost",
    "PricingCurrencyListUnitPrice",
  ],
};

const columnsBy = (level: Level) => Object.keys(specified).filter((name) => specified[name]?.[0] === level);
const neverNull = Object.keys(specified).filter((name) => specified[name]?.[1] === "not null");

const names = focusHeader.map(({ name }) => name);
const ofKind = (kind: string) => focusHeader.filter((column) => column.kind === kind).map(({ name }) => name);

describe("columns", () => {
  it("of feature level Mandatory are all there", () => {
    expect(names).toEqual(expect.arrayContaining(columnsBy("mandatory")));
  });

  it("of the other levels are there, or left out for a reason; none is made up", () => {
    const others = [...columnsBy("conditional"), ...columnsBy("recommended")];
    const absent = others.filter((name) => !names.includes(name));
    expect(absent.toSorted()).toEqual(Object.values(leftOut).flat().toSorted());
    expect(names.filter((name) => !name.startsWith("x_") && !specified[name])).toEqual([]);
  });

  it("have Pascal case names without special characters, at most 50 long, each once", () => {
    const own = names.filter((name) => !name.startsWith("x_"));
    for (const name of own) expect(name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(50);
    expect(new Set(names).size).toBe(names.length);
  });

  it("of our own begin with x_ and stand behind all of FOCUS", () => {
    const first = names.findIndex((name) => name.startsWith("x_"));
    expect(names.slice(first).every((name) => name.startsWith("x_"))).toBe(true);
  });

  it("come in pairs: a quantity has its unit, a name its id", () => {
    for (const [one, other] of [
      ["PricingQuantity", "PricingUnit"],
      ["ConsumedQuantity", "ConsumedUnit"],
      ["SubAccountId", "SubAccountName"],
      ["ResourceId", "ResourceName"],
    ])
      expect(names.includes(one ?? "")).toBe(names.includes(other ?? ""));
  });
});

describe("every row", () => {
  it("has what must not be null, and no empty text or placeholder for null", () =>
    everyRow((row) => {
      for (const name of neverNull) if (names.includes(name)) expect(row[name], name).not.toBeNull();
      for (const value of Object.values(row)) expect(String(value).trim()).not.toMatch(/^$|^(n\/a|not applicable)$/i);
    }));

  it("has numbers in numeric format: no sign for positive ones, no separator, no unit", () =>
    everyRow((row) => {
      for (const name of ofKind("decimal")) if (row[name] !== null) expect(row[name]).toMatch(/^-?\d+(\.\d+)?$/);
    }));

  it("has times in UTC as YYYY-MM-DDTHH:mm:ssZ, charge within billing period, ends exclusive", () =>
    everyRow((row) => {
      for (const name of ofKind("instant")) expect(row[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const [from, to, since, until] = [
        "BillingPeriodStart",
        "BillingPeriodEnd",
        "ChargePeriodStart",
        "ChargePeriodEnd",
      ].map((name) => Date.parse(String(row[name])));
      expect(from).toBeLessThanOrEqual(since ?? 0);
      expect(until).toBeLessThanOrEqual(to ?? 0);
      expect((until ?? 0) - (since ?? 0)).toBe(86_400_000);
      expect(String(row.BillingPeriodStart)).toMatch(/-01T00:00:00Z$/);
      expect(String(row.BillingPeriodEnd)).toMatch(/-01T00:00:00Z$/);
    }));

  it("has a currency of ISO 4217", () => everyRow((row) => expect(row.BillingCurrency).toMatch(/^[A-Z]{3}$/)));

  it("has allowed values only", () =>
    everyRow((row) => {
      expect(["Usage", "Purchase", "Tax", "Credit", "Adjustment"]).toContain(row.ChargeCategory);
      expect([null, "Correction"]).toContain(row.ChargeClass);
      expect(["One-Time", "Recurring", "Usage-Based"]).toContain(row.ChargeFrequency);
      expect(row.ServiceCategory).toBe("AI and Machine Learning");
      expect(["AI Platforms", "Bots", "Generative AI", "Machine Learning"]).toContain(row.ServiceSubcategory);
    }));

  it("has list, contracted and effective cost equal to the billed one, as without unit prices they must be", () =>
    everyRow((row) => {
      for (const name of ["ListCost", "ContractedCost", "EffectiveCost"]) expect(row[name]).toBe(row.BilledCost);
      expect([row.ListUnitPrice, row.ContractedUnitPrice]).toEqual([null, null]);
    }));

  it("has a unit exactly where it has a quantity, and consumes only in usage", () =>
    everyRow((row) => {
      expect(row.PricingUnit === null).toBe(row.PricingQuantity === null);
      expect(row.ConsumedUnit === null).toBe(row.ConsumedQuantity === null);
      if (row.ChargeCategory !== "Usage") expect(row.ConsumedQuantity).toBeNull();
    }));

  it("has units that begin with a capital or are prescribed", () =>
    everyRow((row) => {
      if (row.PricingUnit !== null)
        expect(["Tokens", "Images", "GiB-Hours", "Input Characters"]).toContain(row.PricingUnit);
    }));

  it("names a sub account exactly where there is one, and a resource only where there is one", () =>
    everyRow((row) => {
      expect(row.SubAccountName === null).toBe(row.SubAccountId === null);
      expect(row.ResourceType === null).toBe(row.ResourceId === null);
      if (row.ResourceId === null) expect(row.ResourceName).toBeNull();
      if (row.SkuId === null) expect([row.SkuMeter, row.SkuPriceId, row.SkuPriceDetails]).toEqual([null, null, null]);
      else expect([row.SkuMeter, row.SkuPriceId]).not.toContain(null);
    }));

  it("has objects of plain values under keys that FOCUS defines or that begin with x_", () =>
    everyRow((row) => {
      for (const name of ofKind("object")) {
        const pairs = Object.entries(row[name] ?? {});
        for (const [key, value] of pairs) {
          expect(key).toMatch(/^x_/);
          expect(["number", "string", "boolean"]).toContain(typeof value);
        }
        if (row[name] !== null) expect(pairs).not.toHaveLength(0);
      }
    }));

  it("charges by use what is used, and gives back once what is given back", () =>
    everyRow((row) => {
      expect(row.ChargeFrequency).toBe(row.ChargeCategory === "Usage" ? "Usage-Based" : "One-Time");
      if (row.ChargeCategory === "Credit") expect(row.BilledCost).toMatch(/^-/);
    }));
});

describe("what the provider does not tell", () => {
  const untold = (given: { quantity: string | null; quantityUnit: string | null; amount: string }) => {
    const [sample] = fc.sample(charge, { numRuns: 1, seed: 7 });
    if (!sample) throw new Error("no sample");
    return asObject(toFocusRow({ ...sample, fact: { ...sample.fact, ...given } }));
  };

  it("stays null: usage is not given a quantity or a unit price, against the letter of those columns", () => {
    const row = untold({ amount: "3.21", quantity: null, quantityUnit: null });
    expect(row).toMatchObject({
      ChargeCategory: "Usage",
      PricingQuantity: null,
      PricingUnit: null,
      ListUnitPrice: null,
    });
  });

  it("money that is given back for no quantity is a credit", () => {
    const row = untold({ amount: "-3.21", quantity: null, quantityUnit: null });
    expect(row).toMatchObject({ ChargeCategory: "Credit", ChargeFrequency: "One-Time", ConsumedQuantity: null });
  });
});
