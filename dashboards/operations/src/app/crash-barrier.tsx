import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { PartNotLoaded, reloadIfServed } from './loaded-later.js';

interface CrashBarrierProps {
  readonly title: string;
  /** Said instead of the title and the fault when the page's code could not be fetched. */
  readonly notLoaded: { readonly title: string; readonly hint: string };
  readonly retry: string;
  readonly children: ReactNode;
}

/** A fault in one page must not take the connection, the alarms and the menu with it. */
export class CrashBarrier extends Component<CrashBarrierProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { title, notLoaded, retry } = this.props;
    if (error instanceof PartNotLoaded) {
      return (
        <div data-testid="page-not-loaded">
          <Result
            status="warning"
            title={notLoaded.title}
            subTitle={notLoaded.hint}
            extra={<Button type="primary" onClick={() => void reloadIfServed()}>{retry}</Button>}
          />
        </div>
      );
    }
    return (
      <Result
        status="error"
        title={title}
        subTitle={error.message}
        extra={<Button onClick={() => this.setState({ error: null })}>{retry}</Button>}
      />
    );
  }
}
