import { defineTexts } from '../ui/texts.ts';

export const RETURN_TEXTS = defineTexts(
  'return',
  { now: '返回「{{app}}」', in: '{{seconds}} 秒后自动返回', stay: '留在本页' },
  { now: 'Back to {{app}}', in: 'Returning in {{seconds}} s', stay: 'Stay here' },
);
