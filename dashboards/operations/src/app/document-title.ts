import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isUnacknowledged } from '../live/live-collections.js';
import { useLive } from '../live/use-live.js';

/** The tab says how many alerts wait, also while another tab is looked at. */
export function useDocumentTitle(): void {
  const { t } = useTranslation();
  const waiting = useLive(({ alerts }) => [...alerts.values()].filter(isUnacknowledged).length);
  const product = t('shell.product');
  useEffect(() => {
    document.title = waiting === 0 ? product : `(${waiting}) ${product}`;
    return () => {
      document.title = product;
    };
  }, [waiting, product]);
}
