import { DesktopOutlined, InfoCircleOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut } from '../session/session.js';
import { useUser } from '../session/use-user.js';
import { About } from './about.js';
import { SESSIONS_PATH } from './sessions-page.js';

export function AccountMenu(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const navigate = useNavigate();
  const [about, setAbout] = useState(false);
  const roles = user.roles.map((role) => t(`field.role-${role}`)).join(' · ');
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', label: <span className="muted">{`${user.username} · ${roles}`}</span>, disabled: true },
            { key: 'sessions', icon: <DesktopOutlined />, label: <span data-testid="my-sessions">{t('sessions.title')}</span>, onClick: () => void navigate(SESSIONS_PATH) },
            { key: 'about', icon: <InfoCircleOutlined />, label: t('shell.about'), onClick: () => setAbout(true) },
            { key: 'out', icon: <LogoutOutlined />, label: <span data-testid="sign-out">{t('shell.signOut')}</span>, onClick: () => void signOut() },
          ],
        }}
      >
        <Button type="text" icon={<UserOutlined />} data-testid="account" aria-label={`${t('shell.account')}: ${user.name}`}>
          <span className="bar-user one-line">{user.name}</span>
        </Button>
      </Dropdown>
      <About open={about} onClose={() => setAbout(false)} />
    </>
  );
}
