import { EVENT_TITLES } from '@brain/contracts';
import { accountMessages } from './messages/accounts.js';
import { alertMessages } from './messages/alerts.js';
import { auditMessages } from './messages/audit.js';
import { caseMessages } from './messages/cases.js';
import { deviceMessages } from './messages/devices.js';
import { errorMessages } from './messages/errors.js';
import { evaluationMessages } from './messages/evaluation.js';
import { fieldMessages } from './messages/field.js';
import { ingestionMessages } from './messages/ingestion.js';
import { liveMessages } from './messages/live.js';
import { pastMessages } from './messages/past.js';
import { ruleMessages } from './messages/rules.js';
import { sessionMessages } from './messages/sessions.js';
import { shellMessages } from './messages/shell.js';
import { staffMessages } from './messages/staff.js';

const parts = {
  shell: shellMessages,
  live: liveMessages,
  alerts: alertMessages,
  cases: caseMessages,
  devices: deviceMessages,
  ingestion: ingestionMessages,
  rules: ruleMessages,
  staff: staffMessages,
  evaluation: evaluationMessages,
  accounts: accountMessages,
  audit: auditMessages,
  past: pastMessages,
  sessions: sessionMessages,
  event: EVENT_TITLES,
  error: errorMessages,
  field: fieldMessages,
};

type Part = keyof typeof parts;

/** Every word of the screen, in both languages, one file per screen. */
export const messages = { 'zh-CN': inLocale('zh-CN'), en: inLocale('en') };

function inLocale(locale: 'zh-CN' | 'en'): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.keys(parts).map((part) => [part, parts[part as Part][locale]]));
}
