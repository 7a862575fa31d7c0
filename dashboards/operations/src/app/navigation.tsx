import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { keyOfPage, type PageEntry } from './pages.js';

export function Navigation({ pages }: { readonly pages: readonly PageEntry[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <nav className="rail" aria-label={t('shell.mainNavigation')}>
      {pages.map(({ key, path, icon: Icon }, index) => (
        <NavLink key={key} to={path} end className="rail-link" data-testid={`nav-${key}`} aria-keyshortcuts={keyOfPage(index)}>
          <Icon />
          <span>{t(`shell.${key}`)}</span>
        </NavLink>
      ))}
    </nav>
  );
}
