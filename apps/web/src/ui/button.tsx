import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import './button.css';
import { Icon, type IconName } from './icons.tsx';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'disabled'> {
  /** One primary action on a screen. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly icon?: IconName;
  /** Presses do nothing while it works, but the focus stays. */
  readonly busy?: boolean;
  /** Said instead of the label while busy. */
  readonly busyLabel?: string;
  readonly unavailable?: boolean;
  readonly wide?: boolean;
}

export function Button({
  kind = 'primary',
  type = 'button',
  icon,
  busy = false,
  busyLabel,
  unavailable = false,
  wide = false,
  className = '',
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const isIdle = !busy && !unavailable;
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (isIdle) onClick?.(event);
    else event.preventDefault();
  };
  const names = ['button', `button-${kind}`, wide ? 'button-wide' : '', className].filter(Boolean).join(' ');
  return (
    <button {...rest} type={type} className={names} aria-busy={busy} aria-disabled={!isIdle} onClick={press}>
      {icon && <Icon name={icon} />}
      {busy && busyLabel ? busyLabel : children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  readonly icon: IconName;
  readonly label: string;
}

export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps): ReactNode {
  return (
    <button {...rest} type="button" className={`icon-button ${className}`} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
