export { loadRange as loadSearchParams } from "@/components/usage/range-params";
