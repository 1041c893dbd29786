/** A password that somebody else has seen opens nothing but this page. */
import type { ConsoleAccount } from '@signet/protocol/console-api';
import { PageTitle } from '../parts/page-title.tsx';
import { ChangePasswordForm } from './change-password.tsx';
import { Gate } from './gate.tsx';
import { useSessionTexts } from './texts.ts';

export function FirstPassword({ account }: { readonly account: ConsoleAccount }) {
  const texts = useSessionTexts();
  return (
    <Gate title={texts('firstTitle')} text={texts('firstText')}>
      <PageTitle title={texts('firstTitle')} />
      <ChangePasswordForm account={account} />
    </Gate>
  );
}
