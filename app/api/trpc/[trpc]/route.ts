import { handleTrpcRequest } from "@/server/trpc/handle-request";

export const dynamic = "force-dynamic";

export { handleTrpcRequest as GET, handleTrpcRequest as POST };
