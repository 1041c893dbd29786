/** Words of pages in two languages. Each part of a page keeps its own in a `texts.ts` made by {@link defineTexts}. */
import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { onAppearanceChange, startAppearance } from './appearance.ts';
import { useAppearance } from './use-appearance.ts';

export interface Texts<Key extends string> {
  readonly namespace: string;
  readonly zh: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

export type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** `{{name}}` in a text is filled from the values. */
export function defineTexts<Key extends string>(
  namespace: string,
  zh: Readonly<Record<Key, string>>,
  en: Readonly<Record<NoInfer<Key>, string>>,
): Texts<Key> {
  return { namespace, zh, en };
}

/** Called once, before a page draws anything: theme, size and language as this person left them. */
export function startPage(): void {
  const { language } = startAppearance();
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: {},
    initAsync: false,
    // What the browser's console of a signer shows is ours to choose.
    showSupportNotice: false,
    interpolation: { escapeValue: false },
  });
  let shown = language;
  onAppearanceChange(() => {
    const next = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
    if (next === shown) return;
    shown = next;
    void i18next.changeLanguage(next);
  });
}

const known = new Set<string>();

function register(texts: Texts<string>): void {
  if (known.has(texts.namespace)) return;
  known.add(texts.namespace);
  i18next.addResourceBundle('zh', texts.namespace, texts.zh);
  i18next.addResourceBundle('en', texts.namespace, texts.en);
}

export function useTexts<Key extends string>(texts: Texts<Key>): Say<Key> {
  register(texts);
  const { t } = useTranslation(texts.namespace);
  return useMemo(() => (key, values) => t(key, { ...values }), [t]);
}

/** Instants of the protocol as this person reads them, in their own zone. */
export function useInstants(): (isoInstant: string) => string {
  const { language } = useAppearance();
  return useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
    return (isoInstant) => format.format(new Date(isoInstant));
  }, [language]);
}
