/** Personal data as it may be shown: enough to recognize, too little to use. */

/** `330***********1234`: the first three and the last four characters stay. */
export function maskIdNumber(idNumber: string): string {
  return maskMiddle(idNumber, 3, 4);
}

/** `138****0000` */
export function maskPhone(phone: string): string {
  return maskMiddle(phone, 3, 4);
}

/** `张*`, `欧***`: the first character stays, also when it lies outside the basic plane. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, rest.length));
}

/** `北京*******公司`: the first and the last two characters stay. */
export function maskCompanyName(name: string): string {
  return maskMiddle(name, 2, 2);
}

/** Text too short to hide anything between its ends is hidden whole. */
function maskMiddle(text: string, head: number, tail: number): string {
  const characters = [...text];
  const hidden = characters.length - head - tail;
  if (hidden <= 0) return '*'.repeat(characters.length);
  return [...characters.slice(0, head), '*'.repeat(hidden), ...characters.slice(-tail)].join('');
}
