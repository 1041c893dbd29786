import type { LetterReview } from '@signet/protocol/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { useWords } from '../words.ts';
import { useLetters } from './calls.ts';
import { LetterDrawer } from './letter-drawer.tsx';
import { useReviewTexts } from './texts.ts';

/** The table is a queue: nothing narrows it. */
const FIELDS: readonly string[] = [];

export function LetterList() {
  const texts = useReviewTexts();
  const words = useWords();
  const state = useFilter(FIELDS);
  const query = useLetters(state.filter);
  const [opened, setOpened] = useState<LetterReview>();
  return (
    <>
      <p className="review-text">{texts('lettersText')}</p>
      <RecordTable
        {...{ query, state }}
        label={texts('letters')}
        rowKey={({ checkId }) => checkId}
        columns={[
          { title: texts('uploadedAt'), render: (_, { uploadedAt }) => <Instant at={uploadedAt} /> },
          { title: texts('company'), render: (_, { company }) => company.name },
          { title: texts('agent'), render: (_, { agent }) => agent.name },
          { title: words('app'), dataIndex: 'appName' },
          {
            title: words('actions'),
            render: (_, letter) => (
              <Button type="link" className="cell-link" onClick={() => setOpened(letter)}>
                {texts('read')}
              </Button>
            ),
          },
        ]}
        lesson={<Lesson title={texts('empty')} text={texts('emptyText')} />}
      />
      {opened && <LetterDrawer key={opened.checkId} letter={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}
