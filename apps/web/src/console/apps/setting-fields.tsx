/** Fields of an app's settings, each with one line that says what it does. */
import { Button, Checkbox, Form, Input, InputNumber, Switch } from 'antd';
import { useId, useState } from 'react';
import { CALLBACK_TYPE_NAMES, useTypeName } from '../parts/callback-words.ts';
import { useAppTexts } from './texts.ts';

export type SwitchName =
  | 'strict'
  | 'selfCertification'
  | 'silentSigning'
  | 'checkBeforeReading'
  | 'smsLimits'
  | 'plainIdentity'
  | 'pathWithoutApi';

export function SwitchField({ name }: { readonly name: SwitchName }) {
  return (
    <Form.Item name={name} valuePropName="checked" noStyle>
      <LabeledSwitch name={name} />
    </Form.Item>
  );
}

interface LabeledSwitchProps {
  readonly name: SwitchName;
  readonly id?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly onChange?: (checked: boolean) => void;
}

function LabeledSwitch({ name, ...control }: LabeledSwitchProps) {
  const texts = useAppTexts();
  const label = useId();
  return (
    <div className="switch-row">
      <Switch {...control} aria-labelledby={label} aria-describedby={`${label}-help`} />
      <div>
        <div id={label}>{texts(name)}</div>
        <div id={`${label}-help`} className="help">
          {texts(`${name}Help`)}
        </div>
      </div>
    </div>
  );
}

export function NameField() {
  const texts = useAppTexts();
  return (
    <Form.Item
      name="name"
      label={texts('name')}
      extra={texts('nameHelp')}
      rules={[{ required: true, whitespace: true, message: texts('name') }]}
    >
      <Input maxLength={100} />
    </Form.Item>
  );
}

export function LimitField() {
  const texts = useAppTexts();
  return (
    <Form.Item name="requestsPerMinute" label={texts('requestsPerMinute')} extra={texts('requestsPerMinuteHelp')}>
      <InputNumber min={1} max={10_000_000} precision={0} placeholder={texts('unlimited')} className="number-field" />
    </Form.Item>
  );
}

export function LinesField({ name }: { readonly name: 'allowedIps' | 'redirectSchemes' | 'embeddingOrigins' }) {
  const texts = useAppTexts();
  return (
    <Form.Item name={name} label={texts(name)} extra={texts(`${name}Help`)}>
      <Lines />
    </Form.Item>
  );
}

interface LinesProps {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly disabled?: boolean;
  readonly onChange?: (lines: string[]) => void;
}

/** A list as people paste it: one a line. What is typed stays as typed, blanks and all, while the value is already clean. */
function Lines({ id, value = [], onChange, ...rest }: LinesProps) {
  const [typed, setTyped] = useState(value.join('\n'));
  const shown = linesOf(typed).join('\n') === value.join('\n') ? typed : value.join('\n');
  return (
    <Input.TextArea
      {...rest}
      {...(id && { id })}
      className="mono"
      spellCheck={false}
      autoSize={{ minRows: 2, maxRows: 8 }}
      value={shown}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange?.(linesOf(target.value));
      }}
    />
  );
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,;，；]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function CallbackTypesField({ canChange }: { readonly canChange: boolean }) {
  const texts = useAppTexts();
  const form = Form.useFormInstance();
  const nameOf = useTypeName();
  const choose = (types: readonly string[]) => form.setFieldValue('callbackTypes', [...types]);
  return (
    <fieldset className="plain">
      <legend>
        {texts('callbackTypes')}
        {canChange && (
          <>
            <Button type="link" size="small" onClick={() => choose(CALLBACK_TYPE_NAMES)}>
              {texts('everyType')}
            </Button>
            <Button type="link" size="small" onClick={() => choose([])}>
              {texts('noType')}
            </Button>
          </>
        )}
      </legend>
      <Form.Item name="callbackTypes" extra={texts('callbackTypesHelp')}>
        <Checkbox.Group className="type-list">
          {CALLBACK_TYPE_NAMES.map((type) => (
            <Checkbox key={type} value={type}>
              {nameOf(type)} <code>{type}</code>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
    </fieldset>
  );
}

export function CallbackUrlField() {
  const texts = useAppTexts();
  return (
    <Form.Item name="callbackUrl" label={texts('callbackUrl')} extra={texts('callbackUrlHelp')}>
      <Input type="url" inputMode="url" maxLength={2_000} placeholder="https://" className="mono" />
    </Form.Item>
  );
}
