/** A fault of the page itself ends here, with a way on. React knows no other form for it than a class. */
import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words.ts';

interface SafeProps {
  readonly children: ReactNode;
}

export class Safe extends Component<SafeProps, { readonly isBroken: boolean }> {
  override readonly state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

/** After an update of the server the parts of an old page are gone; loading it anew helps. */
function Broken() {
  const words = useWords();
  return (
    <Result
      status="warning"
      title={words('brokenPage')}
      subTitle={words('brokenPageHelp')}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {words('reload')}
        </Button>
      }
    />
  );
}
