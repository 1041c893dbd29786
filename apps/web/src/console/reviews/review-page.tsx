import { useQueryClient } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { PageHeading } from '../parts/page-heading.tsx';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { REVIEW_LISTS } from './calls.ts';
import { LetterList } from './letter-list.tsx';
import { PayoutList } from './payout-list.tsx';
import { useReviewTexts } from './texts.ts';

/** What waits for a person: letters for those who decide them, payouts. */
export function ReviewPage() {
  const texts = useReviewTexts();
  const words = useWords();
  const may = useMay();
  const answers = useQueryClient();
  const navigate = useNavigate();
  const { list } = useParams();
  const letters = may('reviews.decide') ? [{ key: 'letters', label: texts('letters'), children: <LetterList /> }] : [];
  const items = [...letters, { key: 'payouts', label: texts('payouts'), children: <PayoutList /> }];
  const shown = items.find(({ key }) => key === list) ?? items[0];
  const show = (key: string) => void navigate(`/reviews/${key}`);
  const refresh = () => REVIEW_LISTS.forEach((list) => void answers.invalidateQueries({ queryKey: [list] }));
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button onClick={refresh}>{words('refresh')}</Button>
      </PageHeading>
      <Tabs activeKey={shown?.key ?? ''} onChange={show} destroyOnHidden items={items} />
    </>
  );
}
