import {
  createCostCenter,
  listCostCenters,
  removeCostCenter,
  setMarkup,
  updateCostCenter,
} from "@/server/allocation/cost-centers";
import { describeItem } from "@/server/allocation/describe-item";
import { tagValues } from "@/server/allocation/item-ids.sql";
import { listItems } from "@/server/allocation/list-items";
import {
  AliasInput,
  CostCenterChange,
  CostCenterInput,
  CostCenterRef,
  ItemsInput,
  MarkupInput,
  RuleInput,
  TagInput,
  UploadInput,
} from "@/server/allocation/schema";
import { setAlias } from "@/server/allocation/set-alias";
import { setRule } from "@/server/allocation/set-rule";
import { setTag } from "@/server/allocation/set-tag";
import { uploadAssignments } from "@/server/allocation/upload/upload-assignments";
import { ItemRef } from "@/server/directory/schema";
import { orgProcedure, router } from "@/server/trpc/procedures";

export const allocationRouter = router({
  item: orgProcedure("usage:read")
    .input(ItemRef)
    .query(({ ctx, input }) => describeItem(ctx.scope, input)),

  items: orgProcedure("usage:read")
    .input(ItemsInput)
    .query(({ ctx, input }) => listItems(ctx.scope, input.kind)),

  tags: orgProcedure("usage:read").query(({ ctx }) => tagValues(ctx.scope)),

  setAlias: orgProcedure("allocation:write")
    .input(AliasInput)
    .mutation(({ ctx, input }) => setAlias(ctx.scope, input)),

  setTag: orgProcedure("allocation:write")
    .input(TagInput)
    .mutation(({ ctx, input }) => setTag(ctx.scope, input)),

  setRule: orgProcedure("allocation:write")
    .input(RuleInput)
    .mutation(({ ctx, input }) => setRule(ctx.scope, input)),

  /** A mutation even as a dry run, as a file is too long for an address. */
  upload: orgProcedure("allocation:write")
    .input(UploadInput)
    .mutation(({ ctx, input }) => uploadAssignments(ctx.scope, input)),

  costCenters: orgProcedure("usage:read").query(({ ctx }) => listCostCenters(ctx.scope)),

  createCostCenter: orgProcedure("allocation:write")
    .input(CostCenterInput)
    .mutation(({ ctx, input }) => createCostCenter(ctx.scope, input)),

  updateCostCenter: orgProcedure("allocation:write")
    .input(CostCenterChange)
    .mutation(({ ctx, input }) => updateCostCenter(ctx.scope, input)),

  removeCostCenter: orgProcedure("allocation:write")
    .input(CostCenterRef)
    .mutation(({ ctx, input }) => removeCostCenter(ctx.scope, input.costCenterId)),

  setMarkup: orgProcedure("allocation:write")
    .input(MarkupInput)
    .mutation(({ ctx, input }) => setMarkup(ctx.scope, input)),
});
