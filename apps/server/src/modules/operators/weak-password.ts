/** Which passwords anybody would try first (NIST SP 800-63B §5.1.1.2: length counts, not the mix of characters). */

const LEAST_CHARACTERS = 12;
const LEAST_DIFFERENT = 5;
const LONGEST_REPEATED = 6;
const MOST_ALONG_A_ROW = 0.7;

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', '1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const COMMON_WORDS = [
  ...[
    'password',
    'passwort',
    'passw0rd',
    'p@ssw0rd',
    'p@ssword',
    'admin',
    'administrator',
    'root',
    'operator',
    'owner',
  ],
  ...['welcome', 'letmein', 'changeme', 'iloveyou', 'qwerty', 'qwertyuiop', 'dragon', 'monkey', 'sunshine', 'princess'],
  ...[
    'signet',
    'console',
    'secret',
    'test',
    'demo',
    'woaini',
    'mima',
    'zhongguo',
    'default',
    'company',
    'login',
    'user',
  ],
];

/** What is wrong with a new password, for its owner to read; undefined when nothing is. */
export function weaknessOf(password: string, accountName: string): string | undefined {
  const text = password.toLowerCase();
  const characters = [...text];
  if (characters.length < LEAST_CHARACTERS) return `密码至少${LEAST_CHARACTERS}个字符`;
  if (text.includes(accountName.toLowerCase())) return '密码不能包含账号名';
  const isTrivial =
    new Set(characters).size < LEAST_DIFFERENT || repeats(text) || followsRows(text) || isCommonWord(text);
  return isTrivial ? '密码过于简单,请使用不易猜到的词句' : undefined;
}

/** `abc123abc123` */
function repeats(text: string): boolean {
  for (let length = 1; length <= LONGEST_REPEATED; length++) {
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}

/** `qwertyuiop12`, `abcdefgh1234`, `987654321000`: mostly steps to a neighbour. */
function followsRows(text: string): boolean {
  const pairs = Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
  const steps = pairs.filter(
    ([one = '', next = '']) => one === next || ROWS.some((row) => areNeighbours(row, one, next)),
  );
  return steps.length / pairs.length > MOST_ALONG_A_ROW;
}

function areNeighbours(row: string, one: string, next: string): boolean {
  return row.includes(one + next) || row.includes(next + one);
}

/** `Password2026!!`: one common word, dressed up with digits and signs. */
function isCommonWord(text: string): boolean {
  const word = text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return word === '' || COMMON_WORDS.includes(word) || COMMON_WORDS.includes(text.replaceAll(/[\d\s!?.#*_-]+$/g, ''));
}
