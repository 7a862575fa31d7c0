import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Modal, Progress, Radio } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventCount } from '@brain/contracts';
import { useProblemText } from '../elements/problem-text.js';
import { searchQuery, type AuditSearch } from './audit-search.js';
import { exportEvents, saveFile, type ExportFormat } from './export-events.js';
import { useCountText } from './use-count-text.js';

interface AuditExportProps {
  readonly search: AuditSearch;
  readonly count: EventCount | undefined;
}

/** What the search finds, as a file: how large it will be is said before, how far it is while it comes. */
export function AuditExport({ search, count }: AuditExportProps): ReactNode {
  const { t } = useTranslation();
  const countText = useCountText();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('application/x-ndjson');
  const { lines, start, cancel } = useExport(search, format, () => setOpen(false));
  const isRunning = lines !== undefined;
  return (
    <>
      <Button icon={<DownloadOutlined />} disabled={count === undefined || count.count === 0} data-testid="audit-export" onClick={() => setOpen(true)}>{t('audit.export')}</Button>
      <Modal
        open={open}
        title={t('audit.export')}
        okText={t('audit.exportStart')}
        cancelText={t('shell.cancel')}
        okButtonProps={{ disabled: isRunning, loading: isRunning }}
        onOk={() => void start()}
        onCancel={() => {
          cancel();
          setOpen(false);
        }}
      >
        {count !== undefined && <p>{t(count.exact ? 'audit.exportSize' : 'audit.exportLarge', { count: countText(count) })}</p>}
        <Radio.Group
          value={format}
          disabled={isRunning}
          onChange={({ target }) => setFormat(target.value as ExportFormat)}
          options={[{ value: 'application/x-ndjson', label: t('audit.exportNdjson') }, { value: 'text/csv', label: t('audit.exportCsv') }]}
        />
        {isRunning && count !== undefined && (
          <div role="status" style={{ marginTop: '0.75rem' }}>
            {count.exact && <Progress percent={Math.min(100, Math.round((lines / Math.max(1, count.count)) * 100))} size="small" />}
            <span className="numbers">{t('audit.exportProgress', { lines: lines.toLocaleString() })}</span>
          </div>
        )}
      </Modal>
    </>
  );
}

/** `lines` is undefined while nothing is exported. */
function useExport(search: AuditSearch, format: ExportFormat, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = useProblemText();
  const [lines, setLines] = useState<number>();
  const running = useRef<AbortController>(undefined);
  const start = async (): Promise<void> => {
    const abort = (running.current = new AbortController());
    setLines(0);
    try {
      const blob = await exportEvents({ query: searchQuery(search), format, signal: abort.signal, onProgress: setLines });
      saveFile(blob, `audit-${new Date().toISOString().replaceAll(':', '')}.${format === 'text/csv' ? 'csv' : 'ndjson'}`);
      onDone();
    } catch (error) {
      if (abort.signal.aborted) void message.info(t('audit.exportCancelled'));
      else void message.error(text(error));
    } finally {
      setLines(undefined);
    }
  };
  return { lines, start, cancel: () => running.current?.abort() };
}
