import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseCommandName } from '@brain/contracts';
import type { CaseDetail } from '../api/cases.js';
import type { RoomCommands } from '../room/room.js';
import { useUser } from '../session/use-user.js';
import { allowedCommands, isFinal, isForward } from './case-commands.js';
import { CommandDialog } from './command-dialog.js';
import { COMMAND_FIELDS } from './command-fields.js';
import { useCaseCommand } from './use-case-command.js';

interface CaseCommandsProps {
  readonly one: CaseDetail;
  readonly commands: RoomCommands;
}

/** The steps this person may take now, as buttons; those that need words open a small form. */
export function CaseCommands({ one, commands }: CaseCommandsProps): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const [asking, setAsking] = useState<CaseCommandName | null>(null);
  const { run, running } = useCaseCommand(one, commands);
  const allowed = allowedCommands(one, user);
  const press = (command: CaseCommandName): void => {
    if (COMMAND_FIELDS[command].length > 0) setAsking(command);
    else void run(command, {});
  };
  if (allowed.length === 0) return <p className="muted">{t('cases.noCommands')}</p>;
  return (
    <div className="case-commands" role="group">
      {allowed.map((command) => (
        <Button
          key={command}
          type={isForward(command) ? 'primary' : 'default'}
          danger={isFinal(command)}
          loading={running === command}
          disabled={running !== null && running !== command}
          data-testid={`case-command-${command}`}
          onClick={() => press(command)}
        >
          {t(`cases.command-${command}`)}
        </Button>
      ))}
      <CommandDialog one={one} command={asking} run={run} onClose={() => setAsking(null)} />
    </div>
  );
}
