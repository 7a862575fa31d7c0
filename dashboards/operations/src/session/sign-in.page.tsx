import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Divider, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { Mark } from '../app/mark.js';
import { LocaleSwitch, ThemeSwitch } from '../app/switches.js';
import { useProblemText } from '../elements/problem-text.js';
import { providerUrl, refusalOfPage, signInMethods, type SignInMethods } from './sign-in-methods.js';
import { signIn } from './session.js';
import './sign-in.css';

interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Asked for when the password is good for one sign-in only. */
  readonly newPassword?: string;
}

const LEAST_CHARACTERS = 12;

/** Until the server says otherwise there is a password to type: the form must not jump in under somebody's fingers. */
const BEFORE_THE_ANSWER: Pick<SignInMethods, 'local' | 'oidc'> = { local: true, oidc: null };

export function SignInPage({ reason }: { readonly reason: 'none' | 'expired' | 'unreachable' }): ReactNode {
  const { t } = useTranslation();
  const refusal = refusalOfPage(window.location.search);
  const { data: methods = BEFORE_THE_ANSWER } = useQuery({ queryKey: ['sign-in-methods'], queryFn: signInMethods, refetchInterval: 15_000 });
  return (
    <main className="sign-in">
      <div className="sign-in-switches">
        <LocaleSwitch />
        <ThemeSwitch />
      </div>
      <section className="sign-in-card" aria-labelledby="sign-in-title">
        <Mark size="3.5rem" />
        <h1 id="sign-in-title">{t('shell.product')}</h1>
        <p className="muted">{t('shell.subtitle')}</p>
        {reason !== 'none' && <Alert type="warning" showIcon title={t(`shell.${reason}`)} />}
        {refusal !== null && <Refusal code={refusal} />}
        {methods.oidc !== null && <ProviderButton oidc={methods.oidc} refusal={refusal} />}
        {methods.oidc !== null && methods.local && <Divider plain>{t('shell.or')}</Divider>}
        {methods.local && <SignInForm />}
        {methods.local && <p className="sign-in-hint muted">{t('shell.signInHint')}</p>}
      </section>
    </main>
  );
}

function Refusal({ code }: { readonly code: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const words = i18n.exists(`error.${code}`) ? t(`error.${code}`) : t('shell.signInFailed');
  return <Alert type="error" showIcon role="alert" data-testid="sign-in-refusal" data-code={code} title={words} description={<code>{code}</code>} />;
}

interface ProviderButtonProps {
  readonly oidc: NonNullable<SignInMethods['oidc']>;
  readonly refusal: string | null;
}

function ProviderButton({ oidc: { startUrl, available }, refusal }: ProviderButtonProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {!available && <Alert type="warning" showIcon title={t('error.OIDC_UNAVAILABLE')} />}
      <Button data-testid="login-provider" type="primary" size="large" block disabled={!available} onClick={() => window.location.assign(providerUrl(startUrl, window.location, refusal))}>
        {t('shell.signInWithProvider')}
      </Button>
    </>
  );
}

function SignInForm(): ReactNode {
  const { t } = useTranslation();
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [mustChoose, setMustChoose] = useState(false);
  const required = [{ required: true, message: t('shell.required') }];

  const submit = async ({ username, password, newPassword }: Credentials): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await signIn(username.trim(), password, newPassword);
    } catch (refusal) {
      if (problemOf(refusal).code === 'PASSWORD_CHANGE_REQUIRED') setMustChoose(true);
      setError(refusal);
      setBusy(false);
    }
  };

  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values: Credentials) => void submit(values)}>
      <Form.Item name="username" label={t('shell.username')} rules={required}>
        <Input data-testid="login-username" autoFocus autoComplete="username" size="large" />
      </Form.Item>
      <Form.Item name="password" label={t('shell.password')} rules={required}>
        <Input.Password data-testid="login-password" autoComplete="current-password" size="large" />
      </Form.Item>
      {mustChoose && (
        <Form.Item
          name="newPassword"
          label={t('shell.newPassword')}
          extra={t('shell.newPasswordHint', { count: LEAST_CHARACTERS })}
          rules={[...required, { min: LEAST_CHARACTERS, message: t('shell.newPasswordHint', { count: LEAST_CHARACTERS }) }]}
        >
          <Input.Password data-testid="login-new-password" autoFocus autoComplete="new-password" size="large" />
        </Form.Item>
      )}
      {error !== null && (
        <Alert type="error" showIcon role="alert" data-testid="login-error" data-code={problemOf(error).code} title={text(error)} />
      )}
      <Button data-testid="login-submit" type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('shell.signIn')}
      </Button>
    </Form>
  );
}
