import { useQueryClient } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { PageHeading } from '../parts/page-heading.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { REVIEW_LISTS } from './calls.ts';
import { LetterList } from './letter-list.tsx';
import { PAYOUT_FIELDS, PayoutList } from './payout-list.tsx';
import { useReviewTexts } from './texts.ts';

const FIELDS = ['tab', ...PAYOUT_FIELDS] as const;

/** What waits for a person: letters for those who decide them, payouts. */
export function ReviewPage() {
  const texts = useReviewTexts();
  const words = useWords();
  const may = useMay();
  const answers = useQueryClient();
  const { filter, change } = useFilter(FIELDS);
  const letters = may('reviews.decide') ? [{ key: 'letters', label: texts('letters'), children: <LetterList /> }] : [];
  const items = [...letters, { key: 'payouts', label: texts('payouts'), children: <PayoutList /> }];
  const first = items[0]?.key ?? '';
  const show = (tab: string) => change({ status: '', open: '', appId: '', tab: tab === first ? '' : tab });
  const refresh = () => REVIEW_LISTS.forEach((list) => void answers.invalidateQueries({ queryKey: [list] }));
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button onClick={refresh}>{words('refresh')}</Button>
      </PageHeading>
      <Tabs activeKey={filter.tab ?? first} onChange={show} destroyOnHidden items={items} />
    </>
  );
}
