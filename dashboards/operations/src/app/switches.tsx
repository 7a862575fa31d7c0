import { GlobalOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { change, usePreferences } from './preferences.js';

export function LocaleSwitch(): ReactNode {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  return (
    <Button
      type="text"
      data-testid="locale-switch"
      icon={<GlobalOutlined />}
      aria-label={t('shell.switchLocale')}
      onClick={() => change({ locale: locale === 'en' ? 'zh-CN' : 'en' })}
    >
      {locale === 'en' ? '中文' : 'EN'}
    </Button>
  );
}

export function ThemeSwitch(): ReactNode {
  const { t } = useTranslation();
  const { theme } = usePreferences();
  const label = t(theme === 'dark' ? 'shell.toLight' : 'shell.toDark');
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        data-testid="theme-switch"
        icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={label}
        onClick={() => change({ theme: theme === 'dark' ? 'light' : 'dark' })}
      />
    </Tooltip>
  );
}
