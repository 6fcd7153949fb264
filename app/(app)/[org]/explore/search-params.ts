export { loadExplore as loadSearchParams } from "@/components/explore/explore-params";
