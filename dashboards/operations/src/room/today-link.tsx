import { HistoryOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './today-link.css';

/** In the place of commands: what is shown is over; today's state is elsewhere. */
export function TodayLink({ to }: { readonly to: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <p className="past-note" data-testid="past-note">
      <HistoryOutlined /> {t('past.noCommands')} <Link to={to}>{t('past.seeToday')}</Link>
    </p>
  );
}
