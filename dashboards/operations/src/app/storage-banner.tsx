import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readStorageFull } from '../api/readiness.js';

const LOOK_EVERY_MS = 30_000;

/** Nothing is lost without a word: while the server cannot store, everybody sees it before they type. */
export function StorageBanner(): ReactNode {
  const { t } = useTranslation();
  const { data: isFull } = useQuery({ queryKey: ['storage-full'], queryFn: ({ signal }) => readStorageFull(signal), refetchInterval: LOOK_EVERY_MS, retry: false });
  return isFull === true ? <Alert banner type="error" data-testid="storage-banner" title={t('shell.storageFull')} /> : null;
}
