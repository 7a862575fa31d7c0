import type { DeviceView } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isWearerErased, useWearerName } from './use-wearer-name.js';

/** Who wears the device; a dash: nobody. */
export function WearerName({ device }: { readonly device: DeviceView }): ReactNode {
  const { t } = useTranslation();
  const isErased = isWearerErased(device);
  const name = useWearerName(isErased ? null : device.wearerId);
  if (isErased) return <span className="muted">{t('shell.erased')}</span>;
  return name ?? <span className="muted">—</span>;
}
