/** A new password, typed twice; the server has the last word on its strength. */
import { Form, Input } from 'antd';
import { useSessionTexts } from './texts.ts';

const LEAST_CHARACTERS = 12;

interface PasswordFieldsProps {
  /** The account's name, or the field that holds it. */
  readonly accountName: string | undefined;
  readonly label: string;
}

export function PasswordFields({ accountName = '', label }: PasswordFieldsProps) {
  const texts = useSessionTexts();
  const hasName = (password: string) =>
    accountName.length >= 3 && password.toLowerCase().includes(accountName.trim().toLowerCase());
  return (
    <>
      <Form.Item
        name="newPassword"
        label={label}
        extra={texts('passwordHelp')}
        rules={[
          { required: true, min: LEAST_CHARACTERS, message: texts('passwordShort') },
          {
            validator: async (_, password: string = '') => {
              if (hasName(password)) throw new Error(texts('passwordNamed'));
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={texts('repeat')}
        dependencies={['newPassword']}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, repeated: string) => {
              if (repeated !== getFieldValue('newPassword')) throw new Error(texts('repeatDiffers'));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}
