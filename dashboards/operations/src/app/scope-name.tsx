import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAreaNames } from '../areas/use-area-names.js';
import { useUser } from '../session/use-user.js';

/** Whose district this screen shows. */
export function ScopeName(): ReactNode {
  const { t } = useTranslation();
  const { areaCodes } = useUser();
  const areas = useAreaNames();
  const names = areaCodes.includes('*') ? t('shell.allAreas') : areaCodes.map((code) => areas.name(code)).join('、');
  return <span className="bar-scope one-line">{names}</span>;
}
