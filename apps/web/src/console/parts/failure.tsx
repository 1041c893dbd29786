/** What went wrong, what it means, what to do; with the log key to read out. */
import { Alert, Button } from 'antd';
import { useAppearance } from '../../ui/use-appearance.ts';
import { ConsoleError } from '../api/client.ts';
import { useWords } from '../words.ts';
import { Copyable } from './copyable.tsx';
import { englishOf } from './failure-texts.ts';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function Failure({ error, onRetry }: FailureProps) {
  const words = useWords();
  const { title, help, logKey } = useExplanation(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        (help || logKey) && (
          <>
            {help && <div>{help}</div>}
            {logKey && (
              <div className="log-key">
                {words('logKey')} <Copyable text={logKey} />
              </div>
            )}
          </>
        )
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {words('retry')}
          </Button>
        )
      }
    />
  );
}

interface Explanation {
  readonly title: string;
  readonly help?: string;
  readonly logKey?: string;
}

function useExplanation(error: unknown): Explanation {
  const words = useWords();
  const { language } = useAppearance();
  if (!(error instanceof ConsoleError)) return { title: words('failed') };

  const { failure } = error;
  if (failure.error === 'UNREACHABLE') return { title: words('unreachable'), help: words('unreachableHelp') };
  const sentence = (language === 'en' && englishOf(failure.error)) || failure.msg;
  return { title: sentence || words('failed'), logKey: failure.logKey };
}
