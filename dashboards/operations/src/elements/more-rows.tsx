import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface MoreRowsProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** The next page of a cursor-paged list. */
export function MoreRows({ query }: MoreRowsProps): ReactNode {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={query.isFetchingNextPage} data-testid="load-more" onClick={() => void query.fetchNextPage()}>{t('shell.more')}</Button>
    </div>
  );
}
