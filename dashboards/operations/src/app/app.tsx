import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import { useLayoutEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { AreaNamesOfScope } from '../areas/area-names.js';
import { SignInPage } from '../session/sign-in.page.js';
import { session } from '../session/session.js';
import { UserContext } from '../session/use-user.js';
import { antTheme } from './ant-theme.js';
import { Operations } from './operations.js';
import { usePreferences } from './preferences.js';
import { queryClient } from './query-client.js';
import { useScreenScale } from './screen-scale.js';
import { Waiting } from '../elements/waiting.js';

export function App(): ReactNode {
  return (
    <Appearance>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Door />
        </BrowserRouter>
      </QueryClientProvider>
    </Appearance>
  );
}

function Appearance({ children }: { readonly children: ReactNode }): ReactNode {
  const { theme, locale } = usePreferences();
  const scale = useScreenScale();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.fontSize = `${16 * scale}px`;
  }, [theme, scale]);
  const config = useMemo(() => antTheme(theme, scale), [theme, scale]);
  return (
    <ConfigProvider theme={config} locale={locale === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}

function Door(): ReactNode {
  const now = useSyncExternalStore(session.subscribe, session.get);
  switch (now.status) {
    case 'loading':
      return <Waiting />;
    case 'signed-out':
      return <SignInPage reason={now.reason} />;
    case 'signed-in':
      return (
        <UserContext value={now.user}>
          <AreaNamesOfScope>
            <Operations />
          </AreaNamesOfScope>
        </UserContext>
      );
  }
}
