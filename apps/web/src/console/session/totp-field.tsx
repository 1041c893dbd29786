import { Form, Input } from 'antd';
import { useSessionTexts } from './texts.ts';

export function TotpField({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const texts = useSessionTexts();
  return (
    <Form.Item
      name="totp"
      label={texts('totp')}
      // Some apps show the digits in two groups, and people copy them so.
      normalize={(typed: string) => typed.replaceAll(/\s/g, '')}
      rules={[{ required: true, pattern: /^\d{6}$/, message: texts('totpPattern') }]}
    >
      <Input
        autoFocus={autoFocus}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        className="code-field"
      />
    </Form.Item>
  );
}
