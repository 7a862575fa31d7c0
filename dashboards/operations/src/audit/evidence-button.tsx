import { LoadingOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { READERS } from '@brain/contracts';
import { useProblemText } from '../elements/problem-text.js';
import { useUser } from '../session/use-user.js';
import { hasRole } from '../session/user.js';
import { saveFile } from './export-events.js';
import { fetchEvidence, type EvidenceAbout } from './fetch-evidence.js';

/** Takes away what the record has about this, to be verified elsewhere. For those who may; while it comes, pressing again gives up. */
export function EvidenceButton({ about }: { readonly about: EvidenceAbout | undefined }): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const { bytes, start, cancel } = useEvidence(about);
  if (about === undefined || !hasRole(user, ...READERS.record)) return null;
  const isRunning = bytes !== undefined;
  return (
    <Tooltip title={t(isRunning ? 'audit.evidenceStop' : 'audit.evidenceHint')}>
      <Button icon={isRunning ? <LoadingOutlined /> : <SafetyCertificateOutlined />} data-testid="evidence-package" onClick={isRunning ? cancel : () => void start()}>
        <span role="status">{isRunning ? t('audit.evidenceProgress', { size: Math.ceil(bytes / 1024).toLocaleString() }) : t('audit.evidence')}</span>
      </Button>
    </Tooltip>
  );
}

/** `bytes` is undefined while nothing comes. */
function useEvidence(about: EvidenceAbout | undefined) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = useProblemText();
  const [bytes, setBytes] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (): Promise<void> => {
    if (about === undefined) return;
    const abort = (running.current = new AbortController());
    setBytes(0);
    try {
      const { blob, name } = await fetchEvidence(about, { signal: abort.signal, onProgress: setBytes });
      saveFile(blob, name);
    } catch (error) {
      if (abort.signal.aborted) void message.info(t('audit.exportCancelled'));
      else void message.error(text(error));
    } finally {
      setBytes(undefined);
    }
  };
  return { bytes, start, cancel: () => running.current?.abort() };
}
