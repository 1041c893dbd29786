/** The fields of a filter; on a phone behind a button, so that the table is what one sees first. */
import { FilterOutlined } from '@ant-design/icons';
import { Button, Grid } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words.ts';

export function FilterPanel({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  const { md: isWide = true } = Grid.useBreakpoint();
  const [isOpen, setOpen] = useState(false);
  return (
    <search>
      {!isWide && (
        <Button
          className="filter-button"
          icon={<FilterOutlined aria-hidden />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {words('filters')}
        </Button>
      )}
      {(isWide || isOpen) && <div className="filters">{children}</div>}
    </search>
  );
}
