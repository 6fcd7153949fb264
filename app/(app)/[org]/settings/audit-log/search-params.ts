export { loadAuditParams as loadSearchParams } from "@/components/audit/audit-params";
