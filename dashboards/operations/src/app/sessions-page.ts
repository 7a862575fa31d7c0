import { lazy } from 'react';

/** Found in the menu of the account: it is nobody's work, and everybody's. */
export const SESSIONS_PATH = '/sessions';
export const SessionsPage = lazy(() => import('../session/sessions.page.js'));
