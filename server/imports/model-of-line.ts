import { modelOfLineItem } from "@/server/usage/normalise";

/** Models are named in one word of lower case ("whisper", "text-embedding-3-small"), products are not ("Image models"). */
const bareModel = /^[a-z0-9][a-z0-9.:_/-]*$/;

/** The model of an exported line item: what stands before ", input", or the whole where that names a model. */
export const modelOfExportedLine = (lineItem: string | null): string | null =>
  modelOfLineItem(lineItem) ?? (lineItem && bareModel.test(lineItem) ? lineItem : null);
