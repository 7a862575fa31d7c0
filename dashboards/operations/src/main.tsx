import '@fontsource-variable/noto-sans-sc/wght.css';
import './app/theme.css';
import './elements/elements.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { startI18n } from './i18n/i18n.js';
import { restoreSession } from './session/session.js';

await startI18n();
void restoreSession();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
