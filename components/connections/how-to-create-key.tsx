import { useTranslations } from "next-intl";

const ADMIN_KEYS_URL = "https://platform.openai.com/settings/organization/admin-keys";

export function HowToCreateKey() {
  const t = useTranslations("connections.form");
  return (
    <section className="rounded-lg border bg-muted/50 px-4 py-3.5 text-13">
      <h2 className="font-medium">{t("howTitle")}</h2>
      <ol className="mt-2 grid list-decimal gap-1.5 pl-4 text-pretty text-muted-foreground marker:tabular">
        <li>
          {t.rich("how1", {
            link: (text) => (
              <a
                href={ADMIN_KEYS_URL}
                target="_blank"
                rel="noreferrer"
                className="rounded-sm font-medium text-primary-text underline underline-offset-4"
              >
                {text}
              </a>
            ),
          })}
        </li>
        <li>{t("how2")}</li>
        <li>{t("how3")}</li>
      </ol>
    </section>
  );
}
