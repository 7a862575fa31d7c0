import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent, EventProof } from '@brain/contracts';
import { getLogKey } from '../api/audit.js';
import { checkProof, type Verdict } from './check-proof.js';

/** The check runs on this computer. A key the reader kept from before is worth more than the one the server shows now. */
export function ProofCheck({ event, proof }: { readonly event: AuditEvent; readonly proof: EventProof }): ReactNode {
  const { t } = useTranslation();
  const served = useQuery({ queryKey: ['audit', 'vkey'], queryFn: getLogKey, retry: false });
  const [own, setOwn] = useState<string>();
  const [verdict, setVerdict] = useState<Verdict>();
  const vkey = own ?? served.data?.trim() ?? '';
  const check = async (): Promise<void> => setVerdict(await checkProof({ event, proof, vkey }));
  return (
    <>
      <div style={{ display: 'flex', gap: '0.5rem' }}>
        <Input
          value={vkey} aria-label={t('audit.logKey')} prefix={<span className="muted">{t('audit.logKey')}</span>} title={t('audit.logKeyHint')}
          onChange={({ target }) => {
            setOwn(target.value);
            setVerdict(undefined);
          }}
        />
        <Button type="primary" icon={<SafetyCertificateOutlined />} disabled={vkey === ''} data-testid="audit-check-proof" onClick={() => void check()}>{t('audit.checkHere')}</Button>
      </div>
      <p className="muted">{t('audit.logKeyHint')}</p>
      {verdict !== undefined && <Shown verdict={verdict} />}
    </>
  );
}

function Shown({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { t, i18n } = useTranslation();
  if (!verdict.holds) {
    const known = `audit.verdict-${verdict.code}`;
    return <Alert type="error" showIcon data-testid="audit-verdict" title={i18n.exists(known) ? t(known) : t('audit.verdictFails')} description={<code>{verdict.code}</code>} />;
  }
  const { origin, index, size, root } = verdict.proven;
  return <Alert type="success" showIcon data-testid="audit-verdict" title={t('audit.verdictHolds')} description={<span className="numbers">{t('audit.verdictOf', { origin, index, size, root })}</span>} />;
}
