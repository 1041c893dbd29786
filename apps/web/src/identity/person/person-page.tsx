import type { PersonVerificationState } from '@signet/protocol/page-api';
import type { PageClient } from '../../api/page-client.ts';
import { IdentityFrame } from '../identity-frame.tsx';
import { PersonSteps } from '../person-part.tsx';
import { useVerification } from '../use-verification.ts';

const stepOf = ({ person }: PersonVerificationState): string => person.step;

/** 个人实名认证. */
export function PersonPage({ client }: { readonly client: PageClient }) {
  const verification = useVerification<PersonVerificationState>(client, '/verify-person', stepOf);
  const { state, calls } = verification;
  return (
    <IdentityFrame title="titlePerson" step={state && stepOf(state)} verification={verification}>
      {({ person, appName }) => <PersonSteps key={person.step} {...{ person, appName, calls }} />}
    </IdentityFrame>
  );
}
