import { useTranslation } from 'react-i18next';

/** What a command is called: our words for the commands of a case, else its way through the API. */
export function useCommandName(): (command: string) => string {
  const { t, i18n } = useTranslation();
  return (command) => {
    const name = /^POST \/api\/cases\/:caseId\/([a-z-]+)$/.exec(command)?.[1];
    return name !== undefined && i18n.exists(`cases.command-${name}`) ? t(`cases.command-${name}`) : command;
  };
}
