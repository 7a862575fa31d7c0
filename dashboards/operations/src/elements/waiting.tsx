import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function Waiting(): ReactNode {
  const { t } = useTranslation();
  return (
    <div style={{ display: 'grid', placeItems: 'center', height: '100%', minHeight: '8rem' }} role="status" aria-label={t('shell.loading')}>
      <Spin />
    </div>
  );
}
