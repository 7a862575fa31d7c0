import { Result } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** `known`: the page exists, this account's roles do not include it. */
export function NotFound({ known }: { readonly known: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <Result
      status={known ? '403' : '404'}
      title={t(known ? 'shell.notAllowed' : 'shell.notFound')}
      extra={<Link to="/">{t('shell.backHome')}</Link>}
    />
  );
}
