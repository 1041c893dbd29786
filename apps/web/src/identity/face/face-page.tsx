import type { FaceState } from '@signet/protocol/page-api';
import type { PageClient } from '../../api/page-client.ts';
import { useTexts } from '../../ui/texts.ts';
import { IdentityFrame, StepHeading } from '../identity-frame.tsx';
import { useVerification } from '../use-verification.ts';
import { CaptureStep } from './capture-step.tsx';
import './face.css';
import { FaceConsent } from './face-consent.tsx';
import { FACE_TEXTS } from './texts.ts';

const stepOf = ({ step }: FaceState): string => step;

/** 人脸识别: of the person whom a link names. */
export function FacePage({ client }: { readonly client: PageClient }) {
  const verification = useVerification<FaceState>(client, '/face', stepOf);
  const { state, calls } = verification;
  const say = useTexts(FACE_TEXTS);
  const note = state?.engine === 'local' ? say('localEngine') : null;
  return (
    <IdentityFrame title="titleFace" step={state && stepOf(state)} verification={verification} resultNote={note}>
      {(shown) => {
        if (shown.step === 'consent') return <FaceConsent state={shown} calls={calls} />;
        if (shown.cloudUrl) return <CloudStep url={shown.cloudUrl} />;
        return <CaptureStep state={shown} calls={calls} />;
      }}
    </IdentityFrame>
  );
}

function CloudStep({ url }: { readonly url: string }) {
  const say = useTexts(FACE_TEXTS);
  return (
    <>
      <StepHeading>{say('cloudHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('cloudSentence')}</p>
        <a className="button button-primary button-wide" href={url}>
          {say('cloudGo')}
        </a>
      </section>
    </>
  );
}
