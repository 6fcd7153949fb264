"use client";

import { Columns3Icon, DownloadIcon, SearchIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DataColumn } from "@/components/tables/types";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";

type TableToolbarProps<TRow> = {
  label: string;
  query: string;
  onQueryChange: (query: string) => void;
  columns: readonly DataColumn<TRow>[];
  visibility: Record<string, boolean>;
  onVisibleChange: (columnId: string, isVisible: boolean) => void;
  onDownload: () => void;
  counts: { shown: number; total: number };
  children?: ReactNode;
};

export function TableToolbar<TRow>(props: TableToolbarProps<TRow>) {
  const { label, query, onQueryChange, visibility, counts } = props;
  const t = useTranslations("tables");
  const hideable = props.columns.filter((column) => column.isHideable !== false);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5">
      <div className="relative w-full sm:w-64">
        <SearchIcon aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-muted-foreground" />
        <Input
          type="search"
          value={query}
          onChange={(event) => onQueryChange(event.target.value)}
          placeholder={t("search")}
          aria-label={t("searchIn", { name: label })}
          className="px-8 [&::-webkit-search-cancel-button]:hidden"
        />
        {query && (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("clearSearch")}
            className="absolute top-0.5 right-0.5"
            onClick={() => onQueryChange("")}
          >
            <XIcon />
          </Button>
        )}
      </div>
      {props.children}
      <p aria-live="polite" className="ml-auto text-xs text-muted-foreground tabular">
        {counts.shown === counts.total
          ? t("rows", { count: counts.total })
          : t("rowsOf", { shown: counts.shown, total: counts.total })}
      </p>
      <div className="flex items-center">
        {hideable.length > 1 && (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon-sm" aria-label={t("columns")} title={t("columns")}>
                <Columns3Icon />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              {hideable.map((column) => (
                <DropdownMenuCheckboxItem
                  key={column.id}
                  checked={visibility[column.id] !== false}
                  onCheckedChange={(checked) => props.onVisibleChange(column.id, checked === true)}
                  onSelect={(event) => event.preventDefault()}
                >
                  {column.header}
                </DropdownMenuCheckboxItem>
              ))}
            </DropdownMenuContent>
          </DropdownMenu>
        )}
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("download")}
          title={t("download")}
          onClick={props.onDownload}
        >
          <DownloadIcon />
        </Button>
      </div>
    </div>
  );
}
