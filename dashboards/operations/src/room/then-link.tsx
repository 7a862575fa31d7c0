import { HistoryOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { READERS } from '@brain/contracts';
import { PAST_PATH } from '../app/past-page.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { useRoom } from './room.js';

/** From a time on the screen to the whole room at that time. */
export function ThenLink({ time }: { readonly time: string }): ReactNode {
  const { t } = useTranslation();
  const room = useRoom();
  const user = useUser();
  if (room.time === 'past' || !hasRole(user, ...READERS.room)) return null;
  const label = t('past.roomThen');
  return <> <Tooltip title={label}><Link to={`${PAST_PATH}?at=${encodeURIComponent(time)}`} aria-label={label}><HistoryOutlined /></Link></Tooltip></>;
}
