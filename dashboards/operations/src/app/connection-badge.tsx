import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { socketTopicsFor } from '@brain/contracts';
import { shownState } from '../live/connection.js';
import { useConnection, useLive } from '../live/use-live.js';
import { useUser } from '../session/use-user.js';

/** Is what I see true now? Who follows nothing sees what was asked for, and needs no answer. */
export function ConnectionBadge(): ReactNode {
  const { t } = useTranslation();
  const connection = useConnection();
  const seq = useLive((state) => state.seq);
  const followsNothing = socketTopicsFor(useUser().roles).length === 0;
  if (followsNothing) return null;
  const shown = shownState(connection);
  return (
    <span className="connection" role="status" data-testid="connection-state" data-state={shown} data-seq={seq ?? ''}>
      <i aria-hidden="true" />
      {t(connection.state === 'connecting' ? 'shell.connecting' : `shell.${shown}`)}
    </span>
  );
}
