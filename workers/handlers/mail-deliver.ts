import { deliverMail } from "@/server/mail/deliver-mail";
import type { Handler } from "@/workers/runtime";

export const mailDeliver: Handler<"mail.deliver"> = ({ mailId }) => deliverMail(mailId);
