import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';

interface CrashBarrierProps {
  readonly title: string;
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
    return (
      <Result
        status="error"
        title={this.props.title}
        subTitle={error.message}
        extra={<Button onClick={() => this.setState({ error: null })}>{this.props.retry}</Button>}
      />
    );
  }
}
