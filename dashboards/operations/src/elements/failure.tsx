import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { useProblemText } from './problem-text.js';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Why something could not be shown: our words for the code, the code itself, a way to try again. */
export function Failure({ error, onRetry }: FailureProps): ReactNode {
  const { t } = useTranslation();
  const text = useProblemText();
  const problem = problemOf(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text(error)}
      description={<code>{problem.code}</code>}
      action={onRetry === undefined ? null : <Button size="small" onClick={onRetry}>{t('shell.retry')}</Button>}
    />
  );
}
