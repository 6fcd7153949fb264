import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linePricesOf, priceCharge } from "@/server/exports/focus-price";
import { focusHeader, toFocusRow } from "@/server/exports/focus-row";
import type { CostFactRow } from "@/server/exports/read-facts.sql";
import type { Cell } from "@/server/exports/table";
import { multiplyDecimals } from "@/server/lib/money";

// Rules of FOCUS 1.2, column by column, as the specification words them. What the provider does not tell is named at the end.

const unknown = fc.constant(null);
const identifier = fc.stringMatching(/^[a-z]{3,5}_[A-Za-z0-9]{4}$/);
const decimalText = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 30 })).map(toDecimal);

function toDecimal([digits, scale]: [bigint, number]): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const whole = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  return digits < 0n ? `-${whole}` : whole;
}

/** A line of the list, and what a million tokens of it cost. */
const PRICED_LINE = "gpt-4o-2024-08-06, input";
const perToken = { standard: "0.0000025", batch: "0.00000125" };

const lineItem = fc.constantFrom(
  PRICED_LINE,
  "gpt-unheard-of, input_tokens",
  "file search tool calls",
  "Web searches",
  null,
);
const words = fc.dictionary(fc.stringMatching(/^[a-z][a-z _.:/-]{0,9}$/), fc.stringMatching(/^\S{1,9}$/), {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
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
    /** Money that is a list price times the quantity, or any. */
    billedAt: fc.constantFrom("standard" as const, "batch" as const, null),
    tags: fc.oneof(unknown, words),
    costCenters: fc.constantFrom<Record<string, string> | null>(
      null,
      { Research: "1" },
      { Research: "0.25", Sales: "0.33" },
    ),
  })
  .map(({ day, name, orgName, billedAt, tags, costCenters, ...given }) => ({
    tags,
    costCenters,
    fact: {
      ...given,
      amount: billedAt && given.quantity ? multiplyDecimals(given.quantity, perToken[billedAt]) : given.amount,
      at: new Date(Date.UTC(2020, 0, 1) + day * 86_400_000),
      model: given.lineItem?.includes(", ") ? (given.lineItem.split(", ")[0] ?? null) : null,
      seriesId: 1n,
      bucketWidth: "1d",
      userId: null,
      batch: null,
      serviceTier: null,
      moreDimensions: null,
    },
    stream: {
      id: 1,
      connectionId: "c",
      connectionName: "Main",
      connectedAt: new Date(0),
      openaiOrgId: "org-1",
      openaiOrgName: orgName,
    },
    projectName: given.projectId === null ? null : name,
    apiKeyName: given.apiKeyId === null ? null : name,
  }))
  .map((given) => ({ ...given, pricing: priceCharge(given.fact, linePricesOf(given.fact)) }));

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

  it("has costs that are unit price times quantity, and without unit price the billed one", () =>
    everyRow((row) => {
      for (const [cost, price] of [
        [row.ListCost, row.ListUnitPrice],
        [row.ContractedCost, row.ContractedUnitPrice],
      ]) {
        if (price === null) continue;
        expect(price).not.toMatch(/^-/);
        expect(cost).toBe(multiplyDecimals(String(price), String(row.PricingQuantity)));
      }
      if (row.ListUnitPrice === null) expect(row.ListCost).toBe(row.BilledCost);
      if (row.ContractedUnitPrice === null) expect(row.ContractedCost).toBe(row.BilledCost);
      expect(row.EffectiveCost).toBe(row.BilledCost);
    }));

  it("has no unit price without quantity, none of credits, and none in other money than the list's", () =>
    everyRow((row) => {
      const isUnpriced =
        row.PricingQuantity === null || row.ChargeCategory !== "Usage" || row.BillingCurrency !== "USD";
      if (isUnpriced) expect([row.ListUnitPrice, row.ContractedUnitPrice]).toEqual([null, null]);
      if (row.ContractedUnitPrice !== null) expect(row.ListUnitPrice).toBe(row.ContractedUnitPrice);
    }));

  it("has a unit exactly where it has a quantity, and consumes only in usage", () =>
    everyRow((row) => {
      expect(row.PricingUnit === null).toBe(row.PricingQuantity === null);
      expect(row.ConsumedUnit === null).toBe(row.ConsumedQuantity === null);
      if (row.ChargeCategory !== "Usage") expect(row.ConsumedQuantity).toBeNull();
    }));

  it("has units that begin with a capital or are prescribed", () =>
    everyRow((row) => {
      const units = ["Tokens", "Images", "GiB-Hours", "Input Characters", "Calls"];
      if (row.ConsumedUnit !== null) expect(units).toContain(row.ConsumedUnit);
      if (row.PricingUnit !== null)
        expect([...units, "1000000 Tokens", "1000 Calls"], String(row.PricingUnit)).toContain(row.PricingUnit);
    }));

  it("names a sub account exactly where there is one, and a resource only where there is one", () =>
    everyRow((row) => {
      expect(row.SubAccountName === null).toBe(row.SubAccountId === null);
      expect(row.ResourceType === null).toBe(row.ResourceId === null);
      if (row.ResourceId === null) expect(row.ResourceName).toBeNull();
      if (row.SkuId === null) expect([row.SkuMeter, row.SkuPriceId, row.SkuPriceDetails]).toEqual([null, null, null]);
      else expect([row.SkuMeter, row.SkuPriceId]).not.toContain(null);
    }));

  it("has objects of plain values, never empty ones; details of prices under keys that FOCUS defines or of our own", () =>
    everyRow((row) => {
      expect(ofKind("object")).toEqual(["SkuPriceDetails", "Tags", "x_CostCenters"]);
      for (const name of ofKind("object")) {
        const pairs = Object.entries(row[name] ?? {});
        for (const [, value] of pairs) expect(["number", "string", "boolean"]).toContain(typeof value);
        if (row[name] !== null) expect(pairs).not.toHaveLength(0);
      }
      for (const key of Object.keys(row.SkuPriceDetails ?? {})) expect(key).toMatch(/^x_/);
    }));

  it("has a price id for each tier, that always means the same details", () =>
    everyRow((row) => {
      const { x_ServiceTier: tier = null } = (row.SkuPriceDetails ?? {}) as Record<string, unknown>;
      expect(row.SkuPriceId).toBe(tier === null ? row.SkuId : `${row.SkuId}, ${tier}`);
    }));

  it("charges by use what is used, and gives back once what is given back", () =>
    everyRow((row) => {
      expect(row.ChargeFrequency).toBe(row.ChargeCategory === "Usage" ? "Usage-Based" : "One-Time");
      if (row.ChargeCategory === "Credit") expect(row.BilledCost).toMatch(/^-/);
    }));
});

function chargeOf(given: Partial<CostFactRow>) {
  const [sample] = fc.sample(charge, { numRuns: 1, seed: 7 });
  if (!sample) throw new Error("no sample");
  const fact = { ...sample.fact, currency: "usd", ...given };
  return asObject(toFocusRow({ ...sample, fact, pricing: priceCharge(fact, linePricesOf(fact)) }));
}

describe("unit prices of the list", () => {
  const line = { lineItem: PRICED_LINE, model: "gpt-4o-2024-08-06", quantityUnit: "tokens" };
  const of = (amount: string, given: Partial<CostFactRow> = {}) =>
    chargeOf({ ...line, at: new Date("2026-10-03T00:00:00Z"), quantity: "2000000", amount, ...given });

  it("is the standard one where the bill is that, in the list's own unit", () => {
    expect(of("5")).toMatchObject({
      ListUnitPrice: "2.5",
      ContractedUnitPrice: "2.5",
      PricingQuantity: "2",
      PricingUnit: "1000000 Tokens",
      ConsumedQuantity: "2000000",
      ConsumedUnit: "Tokens",
      ListCost: "5",
      SkuPriceId: PRICED_LINE,
    });
  });

  it("is a batch's where the bill is that, under an id of its own", () => {
    expect(of("2.5")).toMatchObject({
      ListUnitPrice: "1.25",
      ContractedUnitPrice: "1.25",
      ListCost: "2.5",
      SkuPriceId: `${PRICED_LINE}, batch`,
      SkuPriceDetails: { x_Model: "gpt-4o-2024-08-06", x_ServiceTier: "batch" },
    });
  });

  it("is that of all tiers that cost the same, as the bill does not say which it was", () => {
    const halved = { lineItem: "gpt-5.4, input", model: "gpt-5.4", quantity: "1000000" };
    expect(of("1.25", halved)).toMatchObject({
      ListUnitPrice: "1.25",
      SkuPriceId: "gpt-5.4, input, batch/flex",
      SkuPriceDetails: { x_ServiceTier: "batch/flex" },
    });
  });

  it("is found through the provider's floating point, whose last digits stay in the billed cost alone", () => {
    expect(of("5.000000000000001")).toMatchObject({
      BilledCost: "5.000000000000001",
      ListCost: "5",
      ContractedCost: "5",
    });
  });

  it("is the standard one where the bill is no list price, and what was agreed upon stays unknown", () => {
    expect(of("4.2")).toMatchObject({
      BilledCost: "4.2",
      ListUnitPrice: "2.5",
      ListCost: "5",
      ContractedUnitPrice: null,
      ContractedCost: "4.2",
    });
  });

  it("is none where long requests have another one, unless the bill says which", () => {
    const long = { lineItem: "gpt-5.4, input", model: "gpt-5.4", quantity: "1000000" };
    expect(of("2.5", long)).toMatchObject({ ListUnitPrice: "2.5", ContractedUnitPrice: "2.5" });
    expect(of("3", long)).toMatchObject({ ListUnitPrice: null, ListCost: "3", PricingUnit: "Tokens" });
  });

  it.each([
    ["the list does not know the model", { lineItem: "gpt-unheard-of, input", model: "gpt-unheard-of" }],
    ["something else is counted than priced", { quantityUnit: "images" }],
    ["the bill is in other money", { currency: "eur" }],
    ["no quantity is told", { quantity: null }],
    [
      "a price is no finite decimal of what is counted",
      { lineItem: "whisper", model: null, quantityUnit: "duration_seconds" },
    ],
  ])(
    "is none where %s, against the letter of the column: null may only be what is neither usage nor purchase",
    (_, given) => {
      expect(of("5", given)).toMatchObject({
        ChargeCategory: "Usage",
        ListUnitPrice: null,
        ContractedUnitPrice: null,
        ListCost: "5",
        ContractedCost: "5",
      });
    },
  );

  it("is that of a thousand calls, which the bill counts without naming a unit", () => {
    const calls = { lineItem: "file search tool calls", model: null, quantity: "4000", quantityUnit: null };
    expect(of("10", calls)).toMatchObject({
      ListUnitPrice: "2.5",
      PricingQuantity: "4",
      PricingUnit: "1000 Calls",
      ConsumedUnit: "Calls",
    });
  });
});

describe("what the provider does not tell", () => {
  it("stays null: usage is not given a quantity, against the letter of the column", () => {
    const row = chargeOf({ lineItem: null, amount: "3.21", quantity: null, quantityUnit: null });
    expect(row).toMatchObject({
      ChargeCategory: "Usage",
      PricingQuantity: null,
      PricingUnit: null,
      ListUnitPrice: null,
    });
  });

  it("money that is given back for no quantity is a credit", () => {
    const row = chargeOf({ amount: "-3.21", quantity: null, quantityUnit: null });
    expect(row).toMatchObject({ ChargeCategory: "Credit", ChargeFrequency: "One-Time", ConsumedQuantity: null });
  });
});
