import { useTranslations } from "next-intl";
import { CardFooter } from "@/components/ui/card";

/** Says below a list that it is not whole; nothing below one that is. */
export function UnlistedNote({ listed, unlisted }: { listed: number; unlisted: number }) {
  const t = useTranslations("usage.around");
  if (unlisted === 0) return null;
  return (
    <CardFooter className="text-muted-foreground">{t("unlisted", { listed, count: listed + unlisted })}</CardFooter>
  );
}
