import { z } from "zod";

export const MailInput = z.object({ mailId: z.uuid() });
