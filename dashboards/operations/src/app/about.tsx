import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from './mark.js';

const ATTRIBUTIONS = ['aboutAreas', 'aboutOutline', 'aboutInvented', 'aboutFont', 'aboutLicence'] as const;

export function About({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shell.about')}>
      <div style={{ display: 'flex', gap: '1rem', alignItems: 'center', margin: '1rem 0' }}>
        <Mark size="3rem" />
        <div>
          <strong style={{ fontSize: '1.25rem' }}>{t('shell.product')}</strong>
          <div className="muted">{t('shell.subtitle')}</div>
        </div>
      </div>
      <p data-testid="about">{t('shell.aboutText')}</p>
      <ul className="muted" style={{ paddingInlineStart: '1.25rem' }}>
        {ATTRIBUTIONS.map((key) => <li key={key}>{t(`shell.${key}`)}</li>)}
      </ul>
    </Modal>
  );
}
