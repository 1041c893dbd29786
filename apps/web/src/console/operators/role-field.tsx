import { ROLES } from '@signet/protocol/console-api';
import { Form, Radio } from 'antd';
import './operators.css';
import { useWords } from '../words.ts';
import { useOperatorTexts } from './texts.ts';

/** Each role with one line on what it may do. */
export function RoleField() {
  const texts = useOperatorTexts();
  const words = useWords();
  return (
    <fieldset className="plain">
      <legend>{texts('role')}</legend>
      <Form.Item name="role" rules={[{ required: true, message: texts('role') }]}>
        <Radio.Group className="role-list">
          {ROLES.map((role) => (
            <Radio key={role} value={role}>
              <div>{words(`role.${role}`)}</div>
              <div className="help">{words(`roleMay.${role}`)}</div>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
    </fieldset>
  );
}
