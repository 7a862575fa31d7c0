import { loadedLater } from './loaded-later.js';

/** Found in the menu of the account: it is nobody's work, and everybody's. */
export const SESSIONS_PATH = '/sessions';
export const SessionsPage = loadedLater(() => import('../session/sessions.page.js'));
