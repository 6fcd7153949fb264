import { handleRestRequest } from "@/server/rest/handle-rest-request";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ path: string[] }> };

const handle = async (request: Request, { params }: Context) => handleRestRequest(request, (await params).path);

export { handle as GET, handle as POST };
