/** Peculiarities of live organizations that can be turned on one by one. */
export interface Switches {
  /** Costs amounts as decimal strings (the live API) or as JSON numbers (its documentation). */
  money: "string" | "number";
  /** Costs answers 400 to grouping by api_key_id or user_id. */
  refuseCostsByKeyAndUser: boolean;
  /** Costs answers 400 to user_id together with project_id. */
  refuseCostsByUserAndProject: boolean;
  /** Unknown extra fields in usage and cost results. */
  extraFields: boolean;
  /** One more cost row per day in another currency. */
  foreignCurrency: boolean;
  /** Calls the busiest model by a name nobody has a price for. */
  unknownModel: boolean;
  /** Usage endpoints whose dimensions all come back null. */
  nullDimensionsFor: string[];
}

export function defaultSwitches(): Switches {
  return {
    money: "string",
    refuseCostsByKeyAndUser: false,
    refuseCostsByUserAndProject: true,
    extraFields: false,
    foreignCurrency: false,
    unknownModel: false,
    nullDimensionsFor: [],
  };
}

/** With the switch `unknownModel`, calls of this model... */
export const renamedModel = "gpt-6.2-sol";
/** ...appear under this name, for which nobody has a price. */
export const newModelName = "gpt-7-preview-0001";
