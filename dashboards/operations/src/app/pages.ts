import {
  AlertOutlined, ApiOutlined, AuditOutlined, BarChartOutlined, CloudServerOutlined, FileDoneOutlined, FunctionOutlined, HistoryOutlined,
  RadarChartOutlined, TeamOutlined, UserSwitchOutlined,
} from '@ant-design/icons';
import { READERS, type Role } from '@brain/contracts';
import type { ComponentType } from 'react';
import { loadedLater } from './loaded-later.js';
import { PAST_PATH } from './past-page.js';

export interface PageEntry {
  readonly key: 'live' | 'cases' | 'alerts' | 'devices' | 'ingestion' | 'rules' | 'staff' | 'evaluation' | 'audit' | 'past' | 'accounts';
  readonly path: string;
  readonly icon: ComponentType;
  /** Who finds it in the menu: those who may read what it shows. */
  readonly roles: readonly Role[];
  readonly page: ComponentType;
}

/** The key that goes to a page: 1–9, and 0 for the tenth. */
export const keyOfPage = (index: number): string => (index < 10 ? String((index + 1) % 10) : '');

export const PAGES: readonly PageEntry[] = [
  { key: 'live', path: '/', icon: RadarChartOutlined, roles: READERS.alert, page: loadedLater(() => import('../overview/live.page.js')) },
  { key: 'cases', path: '/cases', icon: FileDoneOutlined, roles: READERS.case, page: loadedLater(() => import('../cases/cases.page.js')) },
  { key: 'alerts', path: '/alerts', icon: AlertOutlined, roles: READERS.alert, page: loadedLater(() => import('../alerts/alerts.page.js')) },
  { key: 'devices', path: '/devices', icon: ApiOutlined, roles: READERS.reading, page: loadedLater(() => import('../devices/devices.page.js')) },
  { key: 'ingestion', path: '/ingestion', icon: CloudServerOutlined, roles: READERS.ingestion, page: loadedLater(() => import('../ingestion/ingestion.page.js')) },
  { key: 'rules', path: '/rules', icon: FunctionOutlined, roles: READERS.rule, page: loadedLater(() => import('../rules/rules.page.js')) },
  { key: 'staff', path: '/staff', icon: TeamOutlined, roles: READERS.staff, page: loadedLater(() => import('../staff/staff.page.js')) },
  { key: 'evaluation', path: '/evaluation', icon: BarChartOutlined, roles: READERS.evaluation, page: loadedLater(() => import('../evaluation/evaluation.page.js')) },
  { key: 'audit', path: '/audit', icon: AuditOutlined, roles: READERS.record, page: loadedLater(() => import('../audit/audit.page.js')) },
  { key: 'past', path: PAST_PATH, icon: HistoryOutlined, roles: READERS.room, page: loadedLater(() => import('../past/past.page.js')) },
  { key: 'accounts', path: '/accounts', icon: UserSwitchOutlined, roles: READERS.account, page: loadedLater(() => import('../accounts/accounts.page.js')) },
];
